#ifndef ENTENTE_SRC_KIT_CODEPOINT_H
#define ENTENTE_SRC_KIT_CODEPOINT_H

#include <entente/str.h>
#include <stdint.h>

/* Appends the code point as UTF-8. It must be a scalar value (no surrogate, <= U+10FFFF). */
void codepoint_add(Str *out, uint32_t cp);

/* The code point at the start of valid UTF-8; sets *ret_len to its bytes. */
uint32_t codepoint_read(const char *text, size_t *ret_len);

/* Bytes of the sequence a lead byte announces (RFC 3629, section 4), 0 if no sequence starts with it. */
size_t codepoint_len(unsigned char lead);

#endif
