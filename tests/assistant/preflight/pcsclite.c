/* A PC/SC library whose answers are written into the test's own copy of it. */
#include <string.h>
#include <unistd.h>

#ifndef ESTABLISH
#define ESTABLISH 0
#endif
#ifndef NAMES
#define NAMES ""
#endif
#ifndef STATES
#define STATES {0, 0, ""}
#endif

typedef struct {
    const char *name;
    void *user_data;
    unsigned long current, event, atr_length;
    unsigned char atr[33];
} ReaderState;

static const struct { unsigned long event, length; const char *atr; } states[] = {STATES};
static const char names[] = NAMES "\0";

long SCardEstablishContext(unsigned long scope, const void *a, const void *b, long *context) {
#ifdef HANGS
    for (;;) pause();
#endif
    *context = 7;
    return ESTABLISH;
}

long SCardReleaseContext(long context) { return context == 7 ? 0 : 1; }

long SCardListReaders(long context, const char *groups, char *buffer, unsigned long *length) {
    if (context != 7) return 0x80100003;
    if (sizeof NAMES <= 1) return 0x8010002E;
    if (buffer) memcpy(buffer, names, sizeof NAMES);
    *length = sizeof NAMES;
    return 0;
}

long SCardGetStatusChange(long context, unsigned long timeout, ReaderState *readers, unsigned long count) {
    for (unsigned long i = 0; i < count; i++) {
        readers[i].event = states[i].event;
        readers[i].atr_length = states[i].length;
        memcpy(readers[i].atr, states[i].atr, states[i].length);
    }
    return timeout == 0 ? 0 : 0x80100004;
}
