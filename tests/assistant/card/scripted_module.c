/* A PKCS#11 module for tests that does as it is told: flags, refusals, hangs, crashes, removal at a given call.

   It is told by environment variables SCRIPT_* and writes each call to the file SCRIPT_LOG. It holds one certificate
   (octets of the file SCRIPT_CERTIFICATE) and one key, whose "signature" is the content of SCRIPT_SIGNATURE; or as many
   keys as SCRIPT_KEYS says, with the handles 3, 4, ... (SCRIPT_SIGNATURE_4 is the second one's alone). It is as strict
   as the AKIS module: NULL arguments to C_Initialize, one session at a time. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long ULONG;
typedef unsigned char BYTE;

enum {
  OK = 0, ARGUMENTS_BAD = 0x07, DEVICE_REMOVED = 0x32, ATTRIBUTE_TYPE_INVALID = 0x12, FUNCTION_NOT_SUPPORTED = 0x54,
  MECHANISM_INVALID = 0x70, OPERATION_NOT_INITIALIZED = 0x91, SESSION_COUNT = 0xB1, SESSION_HANDLE_INVALID = 0xB3,
  TOKEN_NOT_PRESENT = 0xE0, USER_NOT_LOGGED_IN = 0x101, BUFFER_TOO_SMALL = 0x150
};

typedef struct { BYTE cryptoki[2]; BYTE maker[32]; ULONG flags; BYTE text[32]; BYTE version[2]; } Info;
typedef struct { BYTE text[64]; BYTE maker[32]; ULONG flags; BYTE versions[4]; } SlotInfo;
typedef struct {
  BYTE label[32], maker[32], model[16], serial[16];
  ULONG flags, sessions[4], max_pin, min_pin, memory[4];
  BYTE versions[4], time[16];
} TokenInfo;
typedef struct { ULONG type; void *value; ULONG length; } Attribute;
typedef struct { ULONG mechanism; void *parameter; ULONG length; } Mechanism;

static int session_open, logged_in, confirmed, removed, vanished, login_failed;
static ULONG found[4], found_count, signing_key;
static int sign_active;

static const char *setting(const char *name, const char *otherwise) {
  const char *value = getenv(name);
  return value && *value ? value : otherwise;
}

static ULONG number(const char *name, const char *otherwise) { return strtoul(setting(name, otherwise), NULL, 0); }

static void note(const char *text) {
  FILE *log = fopen(setting("SCRIPT_LOG", "/dev/null"), "a");
  fprintf(log, "%s\n", text);
  fclose(log);
  if (getenv("SCRIPT_CHATTY")) {
    printf("%s on standard output\n", text);
    fflush(stdout);
    (void)!write(1, "\0\0\0\7rubbish", 11);
  }
}

/* Does what is scripted for a call; its result is the call's unless it is OK. */
static ULONG called(const char *name) {
  const char *fail = setting("SCRIPT_FAIL", "");
  size_t length = strlen(name);
  note(name);
  if (!strcmp(setting("SCRIPT_HANG", ""), name)) for (;;) pause();
  if (!strcmp(setting("SCRIPT_CRASH", ""), name)) *(volatile int *)0 = 1;
  if (!strcmp(setting("SCRIPT_REMOVE", ""), name)) removed = 1;
  if (!strncmp(fail, name, length) && fail[length] == ':') return strtoul(fail + length + 1, NULL, 0);
  return removed ? DEVICE_REMOVED : OK;
}

/* Does what is scripted for one slot alone: SCRIPT_SICK is "CALL:RESULT" for the slot SCRIPT_SICK_SLOT, which with
   SCRIPT_VANISHES, and as the last one, is not listed any more after that. With SCRIPT_SICKENS only a refused login
   makes it so. */
static ULONG called_on(const char *name, ULONG slot) {
  const char *sick = setting("SCRIPT_SICK", "C_OpenSession:0x80000321");
  size_t length = strlen(name);
  ULONG result = called(name);
  if (result != OK || slot != number("SCRIPT_SICK_SLOT", "0")) return result;
  if (getenv("SCRIPT_SICKENS") && !login_failed) return OK;
  if (strncmp(sick, name, length) || sick[length] != ':') return OK;
  vanished = getenv("SCRIPT_VANISHES") != NULL;
  return strtoul(sick + length + 1, NULL, 0);
}

/* A setting of one slot or key, else of all. */
static const char *setting_of(const char *name, ULONG which, const char *otherwise) {
  char own[64];
  snprintf(own, sizeof own, "%s_%lu", name, which);
  return setting(own, setting(name, otherwise));
}

#define CALLED_ON(name, slot) do { ULONG result = called_on(name, slot); if (result != OK) return result; } while (0)
#define CALLED(name) do { ULONG result = called(name); if (result != OK) return result; } while (0)

__attribute__((constructor)) static void loaded(void) {
  if (!strcmp(setting("SCRIPT_HANG", ""), "load")) for (;;) pause();
}

static void fill(BYTE *place, size_t size, const char *text) {
  memset(place, ' ', size);
  memcpy(place, text, strlen(text) < size ? strlen(text) : size);
}

static ULONG initialize(void *arguments) {
  CALLED("C_Initialize");
  return arguments ? ARGUMENTS_BAD : OK;
}

static ULONG finalize(void *reserved) {
  (void)reserved;
  session_open = logged_in = confirmed = sign_active = 0;
  note("C_Finalize");
  return OK;
}

static ULONG get_info(Info *info) {
  memset(info, 0, sizeof *info);
  info->cryptoki[0] = 2;
  info->cryptoki[1] = 20;
  fill(info->maker, 32, "Tests");
  fill(info->text, 32, "Scripted module");
  return OK;
}

static ULONG get_slot_list(BYTE present, ULONG *slots, ULONG *count) {
  ULONG there = present && (removed || getenv("SCRIPT_EMPTY")) ? 0 : number("SCRIPT_SLOTS", "1") - (ULONG)vanished;
  CALLED("C_GetSlotList");
  for (ULONG i = 0; slots && i < there; i++) slots[i] = 7 + i;
  *count = there;
  return OK;
}

static ULONG get_slot_info(ULONG slot, SlotInfo *info) {
  CALLED_ON("C_GetSlotInfo", slot);
  memset(info, 0, sizeof *info);
  fill(info->text, 64, "Scripted reader");
  fill(info->maker, 32, "Tests");
  return OK;
}

static ULONG get_token_info(ULONG slot, TokenInfo *info) {
  if (removed) return TOKEN_NOT_PRESENT;
  CALLED_ON("C_GetTokenInfo", slot);
  memset(info, 0, sizeof *info);
  fill(info->label, 32, setting_of("SCRIPT_LABEL", slot, "Kart"));
  fill(info->maker, 32, setting_of("SCRIPT_MAKER", slot, "Tests"));
  fill(info->model, 16, "Scripted");
  fill(info->serial, 16, setting_of("SCRIPT_SERIAL", slot, "0001"));
  info->flags = number(login_failed ? "SCRIPT_FLAGS_AFTER" : "SCRIPT_FLAGS", setting("SCRIPT_FLAGS", "0x40c"));
  info->min_pin = number("SCRIPT_MIN", "4");
  info->max_pin = number("SCRIPT_MAX", "8");
  return OK;
}

static ULONG get_mechanism_list(ULONG slot, ULONG *list, ULONG *count) {
  char text[128], *rest;
  ULONG n = 0;
  (void)slot;
  CALLED("C_GetMechanismList");
  snprintf(text, sizeof text, "%s", setting("SCRIPT_MECHANISMS", "0x1 0x40 0x1041"));
  for (char *word = strtok_r(text, " ", &rest); word; word = strtok_r(NULL, " ", &rest), n++)
    if (list) list[n] = strtoul(word, NULL, 0);
  *count = n;
  return OK;
}

static ULONG open_session(ULONG slot, ULONG flags, void *data, void *notify, ULONG *session) {
  (void)flags; (void)data; (void)notify;
  CALLED_ON("C_OpenSession", slot);
  if (session_open) return SESSION_COUNT;
  session_open = 1;
  *session = 1;
  return OK;
}

static ULONG close_session(ULONG session) {
  (void)session;
  CALLED("C_CloseSession");
  session_open = logged_in = 0;
  return OK;
}

static ULONG login(ULONG session, ULONG user, BYTE *pin, ULONG length) {
  char text[64];
  ULONG result;
  (void)session;
  snprintf(text, sizeof text, "C_Login user=%lu pin=%s length=%lu", user, pin && length ? "given" : "none", length);
  note(text);
  result = called(user == 2 ? "C_Login.again" : "C_Login");
  if (result != OK) { login_failed = 1; return result; }
  if (user == 2) { if (!sign_active) return OPERATION_NOT_INITIALIZED; confirmed = 1; }
  else logged_in = 1;
  return OK;
}

static ULONG logout(ULONG session) { (void)session; CALLED("C_Logout"); logged_in = 0; return OK; }

static int always(void) { return getenv("SCRIPT_ALWAYS") != NULL; }

static ULONG find_init(ULONG session, Attribute *wanted, ULONG count) {
  ULONG class = 1, kind = number("SCRIPT_KEY_TYPE", "0"), i;
  (void)session;
  CALLED("C_FindObjectsInit");
  for (i = 0; i < count; i++) {
    if (wanted[i].type == 0) class = *(ULONG *)wanted[i].value;
    if (wanted[i].type == 0x100 && *(ULONG *)wanted[i].value != kind) class = 0;
  }
  found_count = 0;
  if (class == 1) found[found_count++] = 1;
  if (class == 3 && (logged_in || getenv("SCRIPT_KEY_VISIBLE")) && !getenv("SCRIPT_NO_KEY"))
    for (i = number("SCRIPT_KEYS", "1"); i; i--) found[found_count++] = 2 + i;
  return OK;
}

static ULONG find(ULONG session, ULONG *objects, ULONG most, ULONG *count) {
  (void)session;
  CALLED("C_FindObjects");
  for (*count = 0; *count < most && found_count; (*count)++) objects[*count] = found[--found_count];
  return OK;
}

static ULONG find_final(ULONG session) { (void)session; return OK; }

static size_t content(const char *name, ULONG which, BYTE *octets, size_t most) {
  FILE *file = fopen(setting_of(name, which, "/dev/null"), "rb");
  size_t length = file ? fread(octets, 1, most, file) : 0;
  if (file) fclose(file);
  return length;
}

static ULONG get_attribute(ULONG session, ULONG object, Attribute *list, ULONG count) {
  static BYTE certificate[8192];
  ULONG result = OK, i, class = object < 3 ? object : 3, kind = number("SCRIPT_KEY_TYPE", "0"), x509 = 0;
  BYTE yes = 1, often = always() ? 1 : 0, id = object < 3 ? 1 : (BYTE)(object - 2);
  (void)session;
  CALLED("C_GetAttributeValue");
  for (i = 0; i < count; i++) {
    const void *value = NULL;
    size_t length = 0;
    switch (list[i].type) {
      case 0x0: value = &class; length = sizeof class; break;
      case 0x3: value = "imza"; length = 4; break;
      case 0x80: value = &x509; length = sizeof x509; break;
      case 0x102: value = &id; length = 1; break;
      case 0x11: if (class == 1) { value = certificate; length = content("SCRIPT_CERTIFICATE", 1, certificate, 8192); } break;
      case 0x100: if (class == 3) { value = &kind; length = sizeof kind; } break;
      case 0x108: if (class == 3) { value = &yes; length = 1; } break;
      case 0x202: if (class == 3) { value = &often; length = 1; } break;
    }
    if (!value || list[i].type == number("SCRIPT_UNTOLD", "-1")) {
      list[i].length = (ULONG)-1;
      result = ATTRIBUTE_TYPE_INVALID;
      continue;
    }
    if (list[i].value) memcpy(list[i].value, value, length);
    list[i].length = length;
  }
  return result;
}

static ULONG sign_init(ULONG session, Mechanism *mechanism, ULONG key) {
  char text[64];
  (void)session;
  signing_key = key;
  snprintf(text, sizeof text, "C_SignInit mechanism=%#lx", mechanism->mechanism);
  CALLED(text);
  CALLED("C_SignInit");
  if (!logged_in) return USER_NOT_LOGGED_IN;
  sign_active = 1;
  confirmed = 0;
  return OK;
}

static ULONG sign(ULONG session, BYTE *data, ULONG length, BYTE *signature, ULONG *size) {
  BYTE octets[1024];
  size_t there = content("SCRIPT_SIGNATURE", signing_key, octets, sizeof octets);
  (void)session;
  if (signature) {
    char text[2200] = "C_Sign data=";
    for (ULONG i = 0; i < length && i < 1000; i++) sprintf(text + 12 + 2 * i, "%02x", data[i]);
    note(text);
    CALLED("C_Sign");
    if (!sign_active) return OPERATION_NOT_INITIALIZED;
    if (always() && !confirmed) return USER_NOT_LOGGED_IN;
    if (*size < there) return BUFFER_TOO_SMALL;
    memcpy(signature, octets, there);
    sign_active = 0;
  }
  *size = there;
  return OK;
}

static ULONG sign_final(ULONG session, BYTE *signature, ULONG *size) {
  (void)session; (void)signature; (void)size;
  sign_active = 0;
  return OPERATION_NOT_INITIALIZED;
}

static ULONG unsupported(void) { return FUNCTION_NOT_SUPPORTED; }

static struct { BYTE version[2]; void *functions[68]; } list = {{2, 20}, {0}};

ULONG C_GetFunctionList(void **place) {
  for (int i = 0; i < 68; i++) list.functions[i] = (void *)unsupported;
  list.functions[0] = (void *)initialize;
  list.functions[1] = (void *)finalize;
  list.functions[2] = (void *)get_info;
  list.functions[3] = (void *)C_GetFunctionList;
  list.functions[4] = (void *)get_slot_list;
  list.functions[5] = (void *)get_slot_info;
  list.functions[6] = (void *)get_token_info;
  list.functions[7] = (void *)get_mechanism_list;
  list.functions[12] = (void *)open_session;
  list.functions[13] = (void *)close_session;
  list.functions[18] = (void *)login;
  list.functions[19] = (void *)logout;
  list.functions[24] = (void *)get_attribute;
  list.functions[26] = (void *)find_init;
  list.functions[27] = (void *)find;
  list.functions[28] = (void *)find_final;
  list.functions[42] = (void *)sign_init;
  list.functions[43] = (void *)sign;
  list.functions[45] = (void *)sign_final;
  *place = &list;
  return OK;
}
