#include "channel.h"

#include "settings.h"
#include "spawn.h"
#include <entente/text.h>
#include <stdlib.h>
#include <string.h>

enum {
    LINE_MAX_QP = 76,   /* RFC 2045 6.7 (5), without the line feed */
    SUBJECT_PLAIN = 68, /* with "Subject: " below the 78 of RFC 5322 2.1.1 */
    WORD_ENCODED = 52   /* an encoded word is at most 75 long and its line 76: RFC 2047 2 */
};

/* ---- the header ---- */

static size_t char_len(StrView text, size_t at)
{
    size_t n = 1;
    while (at + n < text.len && ((unsigned char)text.ptr[at + n] & 0xC0) == 0x80) n++;
    return n;
}

static bool is_plain_subject(StrView text)
{
    if (text.len > SUBJECT_PLAIN || text.len == 0) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < ' ' || text.ptr[i] > '~') return false;
        if (text.ptr[i] == '=' && i + 1 < text.len && text.ptr[i + 1] == '?') return false;
    }
    return text.ptr[0] != ' ';
}

static bool is_literal_in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("!*+-/", c);
}

/* RFC 2047 4.2: Q, in the narrow form that is safe everywhere. */
static void add_word_char(Str *out, StrView bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        char c = bytes.ptr[i];
        if (c == ' ')
            str_add_char(out, '_');
        else if (c && is_literal_in_word(c))
            str_add_char(out, c);
        else
            str_addf(out, "=%02X", (unsigned)(unsigned char)c);
    }
}

/* Characters are never parted between two words: RFC 2047 5. */
static void add_encoded_subject(Str *out, StrView text)
{
    Str word, one;
    str_init(&word);
    str_init(&one);
    for (size_t at = 0, n; at < text.len; at += n) {
        n = char_len(text, at);
        str_clear(&one);
        add_word_char(&one, sv_n(text.ptr + at, n));
        if (word.len + one.len > WORD_ENCODED) {
            str_addf(out, "=?UTF-8?Q?%s?=\n ", word.buf);
            str_clear(&word);
        }
        str_add(&word, str_view(&one));
    }
    str_addf(out, "=?UTF-8?Q?%s?=", word.buf);
    str_finish(&one);
    str_finish(&word);
}

static void add_subject(Str *out, const char *title)
{
    Str clean;
    str_init(&clean);
    text_clean(&clean, sv(title), false);
    StrView text = sv_trim(str_view(&clean));
    str_add_c(out, "Subject: ");
    if (is_plain_subject(text))
        str_add(out, text);
    else
        add_encoded_subject(out, text);
    str_add_char(out, '\n');
    str_finish(&clean);
}

/* RFC 5322 3.3 */
static void add_date(Str *out, Instant now)
{
    int year, month, day, zone = now.offset / 60;
    Date d = instant_date(now);
    long long seconds = now.unix_ms / 1000 + now.offset;
    date_split(d, &year, &month, &day);
    str_addf(out, "Date: %.3s, %02d %.3s %04d ", weekday_name(date_weekday(d)), day, month_name(month), year);
    instant_print_clock(out, now);
    str_addf(out, ":%02d ", (int)((seconds % 60 + 60) % 60));
    str_addf(out, "%c%02d%02d\n", zone < 0 ? '-' : '+', abs(zone) / 60, abs(zone) % 60);
}

/*
 * The same notice sent again has the same Message-ID, so that a mailbox may tell; but each test must arrive.
 * Its domain is nobody's: RFC 2606 2.
 */
static void add_message_id(Str *out, const Notice *n, Instant now)
{
    str_add_c(out, "Message-ID: <");
    for (const char *c = n->id; *c; c++) {
        if (*c != '/' && is_literal_in_word(*c))
            str_add_char(out, *c);
        else
            str_addf(out, "_%02X", (unsigned)(unsigned char)*c);
    }
    if (n->test) str_addf(out, "-%lld", (long long)now.unix_ms);
    str_add_c(out, "@entente.invalid>\n");
}

/* ---- the text: RFC 2045 6.7 ---- */

static void add_byte(Str *line, Str *out, const char *coded)
{
    if (line->len + strlen(coded) > LINE_MAX_QP - 1) {
        str_addf(out, "%s=\n", line->buf);
        str_clear(line);
    }
    str_add_c(line, coded);
}

/* "From " at a line's beginning is changed on its way by some, blanks at its end are lost. */
static bool must_code(StrView text, size_t i)
{
    char c = text.ptr[i];
    if (c < ' ' || c > '~' || c == '=') return true;
    if (c == ' ') return i + 1 == text.len;
    return i == 0 && (sv_starts(text, SV("From ")) || c == '.');
}

static void add_line(Str *out, StrView text)
{
    Str line, coded;
    str_init(&line);
    str_init(&coded);
    for (size_t i = 0; i < text.len; i++) {
        str_clear(&coded);
        if (must_code(text, i))
            str_addf(&coded, "=%02X", (unsigned)(unsigned char)text.ptr[i]);
        else
            str_add_char(&coded, text.ptr[i]);
        add_byte(&line, out, coded.buf);
    }
    str_addf(out, "%s\n", line.buf);
    str_finish(&coded);
    str_finish(&line);
}

static void add_text(Str *out, const char *text, bool keep_lines)
{
    Str clean;
    str_init(&clean);
    text_clean(&clean, sv(text), keep_lines);
    StrView rest = str_view(&clean);
    while (rest.len > 0) add_line(out, sv_cut(&rest, '\n'));
    str_finish(&clean);
}

/* No From: sendmail puts the one in that its own settings give. */
static void write_message(Str *out, const char *address, const Notice *n, Instant now)
{
    str_addf(out, "To: %s\n", address);
    add_subject(out, n->title);
    add_date(out, now);
    add_message_id(out, n, now);
    str_add_c(out, "MIME-Version: 1.0\n"
                   "Content-Type: text/plain; charset=utf-8\n"
                   "Content-Transfer-Encoding: quoted-printable\n"
                   "Auto-Submitted: auto-generated\n\n"); /* RFC 3834 5 */
    add_text(out, n->title, false);
    if (!*n->body) return;
    str_add_char(out, '\n');
    add_text(out, n->body, true);
}

bool channel_mail(const ChannelOptions *o, const Channel *c, const Notice *n, Str *why)
{
    static const char *const PLACES[] = {"/usr/sbin", "/usr/lib", NULL};
    Str program, message;
    Spawned r;
    if (!setting_is_address(sv(c->target))) {
        str_addf(why, "\"%s\" is not an address", c->target);
        return false;
    }
    str_init(&program);
    str_init(&message);
    if (!spawn_find("sendmail", PLACES, &program)) str_add_c(&program, "sendmail");
    write_message(&message, c->target, n, o->now);
    const char *const argv[] = {program.buf, "-i", "--", c->target, NULL};
    Spawn s = {argv, NULL, str_view(&message), o->config->time_limit * 1000};
    spawn_run(&s, &r);
    bool ok = spawned_well(&s, &r, why);
    spawned_finish(&r);
    str_finish(&message);
    str_finish(&program);
    return ok;
}
