/* Loaded before the C library: counts the calls that make something durable below a folder, stops or refuses the
   n-th of them, and writes down what was written. Built and driven by injector.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KILL_BEFORE, KILL_AFTER, TORN, NO_SPACE, NO_DEVICE, NO_SPACE_FROM_HERE, NO_DEVICE_FROM_HERE };
enum { LONGEST = 1024 };

static char below[LONGEST];
static long armed = -1, count, mode;
static int record = -1, names = -1, lying;

void injector_below(const char *folder) { strncpy(below, folder, LONGEST - 1); }
void injector_arm(long n, long how) { armed = n; mode = how; count = 0; }
void injector_disarm(void) { armed = -1; }
void injector_lie(int whether) { lying = whether; }
void injector_name(int fd) { names = fd; }
void injector_record(const char *file) { record = open(file, O_CREAT | O_WRONLY | O_TRUNC | O_APPEND, 0600); }

#define REAL(name)                                                                                                     \
    static __typeof__(name) *real;                                                                                     \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static int watching(void) { return armed >= 0 || record >= 0; }
static int inside(const char *path) { return watching() && below[0] && !strncmp(path, below, strlen(below)); }

static int inside_fd(int fd, char *path) {
    char link[64];
    if (!watching() || fd == record) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, LONGEST - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return inside(path);
}

static unsigned long inode_of_fd(int fd) {
    struct stat found;
    return fstat(fd, &found) ? 0 : found.st_ino;
}

static unsigned long inode_of(const char *path) {
    struct stat found;
    return lstat(path, &found) ? 0 : found.st_ino;
}

static void note(char what, unsigned long inode, const char *path, const void *bytes, size_t size, long offset) {
    static ssize_t (*real)(int, const void *, size_t);
    char head[LONGEST + 64];
    if (record < 0) return;
    if (!real) real = (__typeof__(real))dlsym(RTLD_NEXT, "write");
    int length = snprintf(head, sizeof head, "%c %ld %zu %lu %s\n", what, offset, size, inode, path);
    real(record, head, length);
    if (size) real(record, bytes, size);
}

void injector_mark(const char *words) { note('M', 0, words, 0, 0, 0); }

/* Returns -1 when the call is refused, 1 when it is the chosen one and its end is to be cut off, 0 otherwise. */
static int before(const char *what, const char *path, int takes_space) {
    if (armed < 0) return 0;
    if (names >= 0) dprintf(names, "%s %s\n", what, path);
    int chosen = ++count == armed;
    if (mode >= NO_SPACE_FROM_HERE) chosen = count >= armed && takes_space;
    if (!chosen) return 0;
    if (mode == KILL_BEFORE) kill(getpid(), SIGKILL);
    if (mode == NO_DEVICE || mode == NO_DEVICE_FROM_HERE) return errno = EIO, -1;
    if (mode == NO_SPACE || mode == NO_SPACE_FROM_HERE) return takes_space ? (errno = ENOSPC, -1) : 0;
    return 1;
}

static void after(int chosen) {
    if (chosen) kill(getpid(), SIGKILL);
}

static void cut(int chosen) { /* what cannot be torn is stopped before */
    if (chosen && mode == TORN) kill(getpid(), SIGKILL);
}

ssize_t write(int fd, const void *bytes, size_t size) {
    REAL(write);
    char path[LONGEST];
    if (!inside_fd(fd, path)) return real(fd, bytes, size);
    int chosen = before("write", path, 1);
    if (chosen < 0) return -1;
    if (chosen && mode == TORN) real(fd, bytes, size / 2);
    cut(chosen);
    note('W', inode_of_fd(fd), path, bytes, size, lseek(fd, 0, SEEK_CUR));
    ssize_t written = real(fd, bytes, size);
    after(chosen);
    return written;
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset) {
    REAL(pwrite64);
    char path[LONGEST];
    if (!inside_fd(fd, path)) return real(fd, bytes, size, offset);
    int chosen = before("pwrite", path, 1);
    if (chosen < 0) return -1;
    if (chosen && mode == TORN) real(fd, bytes, size / 2, offset);
    cut(chosen);
    note('W', inode_of_fd(fd), path, bytes, size, offset);
    ssize_t written = real(fd, bytes, size, offset);
    after(chosen);
    return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) { return pwrite64(fd, bytes, size, offset); }

/* A call on an open file that moves no bytes of ours: flush, cut to length. */
#define ON_FILE(name, letter, parameters, arguments, offset, skip)                                                     \
    int name parameters {                                                                                              \
        REAL(name);                                                                                                    \
        char path[LONGEST];                                                                                            \
        if (!inside_fd(fd, path)) return real arguments;                                                               \
        int chosen = before(#name, path, 0);                                                                           \
        if (chosen < 0) return -1;                                                                                     \
        cut(chosen);                                                                                                   \
        if (skip) return 0;                                                                                            \
        note(letter, inode_of_fd(fd), path, 0, 0, offset);                                                             \
        int told = real arguments;                                                                                     \
        after(chosen);                                                                                                 \
        return told;                                                                                                   \
    }

ON_FILE(fsync, 'S', (int fd), (fd), 0, lying)
ON_FILE(fdatasync, 'S', (int fd), (fd), 0, lying)
ON_FILE(ftruncate64, 'T', (int fd, off64_t size), (fd, size), size, 0)
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int unlink(const char *path) {
    REAL(unlink);
    if (!inside(path)) return real(path);
    int chosen = before("unlink", path, 0);
    if (chosen < 0) return -1;
    cut(chosen);
    note('U', inode_of(path), path, 0, 0, 0);
    int told = real(path);
    after(chosen);
    return told;
}

int rename(const char *from, const char *to) {
    REAL(rename);
    if (!inside(to)) return real(from, to);
    int chosen = before("rename", to, 0);
    if (chosen < 0) return -1;
    cut(chosen);
    note('R', inode_of(from), from, to, strlen(to), 0);
    int told = real(from, to);
    after(chosen);
    return told;
}

/* A call that makes a name: link, folder. */
#define MAKES_NAME(name, letter, parameters, arguments, path)                                                          \
    int name parameters {                                                                                              \
        REAL(name);                                                                                                    \
        if (!inside(path)) return real arguments;                                                                      \
        int chosen = before(#name, path, 1);                                                                           \
        if (chosen < 0) return -1;                                                                                     \
        cut(chosen);                                                                                                   \
        int told = real arguments;                                                                                     \
        if (!told) note(letter, inode_of(path), path, 0, 0, 0);                                                        \
        after(chosen);                                                                                                 \
        return told;                                                                                                   \
    }

MAKES_NAME(link, 'L', (const char *from, const char *to), (from, to), to)
MAKES_NAME(linkat, 'L', (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags), to)
MAKES_NAME(mkdir, 'D', (const char *path, mode_t rights), (path, rights), path)

static int opened(const char *path, int flags, mode_t rights) {
    static int (*real)(const char *, int, ...);
    if (!real) real = (__typeof__(real))dlsym(RTLD_NEXT, "open64");
    int makes = (flags & O_CREAT) && inside(path) && !inode_of(path);
    if (!makes) return real(path, flags, rights);
    int chosen = before("create", path, 1);
    if (chosen < 0) return -1;
    cut(chosen);
    int fd = real(path, flags, rights);
    if (fd >= 0) note('C', inode_of_fd(fd), path, 0, 0, 0);
    after(chosen);
    return fd;
}

#define OPENS(name)                                                                                                    \
    int name(const char *path, int flags, ...) {                                                                       \
        mode_t rights = 0;                                                                                             \
        if (flags & (O_CREAT | O_TMPFILE)) {                                                                           \
            va_list more;                                                                                              \
            va_start(more, flags);                                                                                     \
            rights = va_arg(more, mode_t);                                                                             \
            va_end(more);                                                                                              \
        }                                                                                                              \
        return opened(path, flags, rights);                                                                            \
    }

OPENS(open)
OPENS(open64)
