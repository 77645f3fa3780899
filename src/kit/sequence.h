#ifndef ENTENTE_SRC_KIT_SEQUENCE_H
#define ENTENTE_SRC_KIT_SEQUENCE_H

#include <entente/keys.h>

/* What single terminal sequences mean. The decoder finds where they start and end. */

enum { SEQUENCE_PARAMS = 4 };

/* A parsed CSI sequence. Only the first sub-parameter of each parameter counts, but that of the modifiers and the shifted letter. */
typedef struct {
    char prefix; /* '<', '=', '>' or '?'; 0 without */
    char final;
    bool intermediate;           /* has bytes 0x20-0x2f: no key has */
    int n;                       /* parameters given, at most SEQUENCE_PARAMS */
    long params[SEQUENCE_PARAMS]; /* 0 where left out */
    long subs[SEQUENCE_PARAMS];  /* the second sub-parameter, 0 without */
} Sequence;

void sequence_parse(Sequence *ret, StrView body, char final);

/* The event a sequence stands for; false for what is known and means nothing (a button let go). */
bool sequence_event(const Sequence *seq, Event *ret);

/* The key of a control byte: 0x0d is Enter, 0x03 is Ctrl-C. */
Key control_key(unsigned char byte);

Key ss3_key(char final, StrView params);
Key linux_console_key(char final); /* CSI [ A .. CSI [ E */

#endif
