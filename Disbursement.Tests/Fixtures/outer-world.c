// What a test cannot take from the machine it runs on, put before libc by LD_PRELOAD of a real program:
// a disk that is full, and a machine's clock that stands wrong.
//
//   FULL_UNDER   files whose path begins so grow by no more than
//   FULL_ROOM    bytes in all of one process (0 where it is not set), then a write is ENOSPC,
//   FULL_WHILE   while this file is there (always, where it is not set)
//   CLOCK_SHIFT  a file of eight bytes: seconds by which the clock of the day is ahead, read at each look
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static const char *under, *marker;
static long room;
static volatile int64_t *shift;

__attribute__((constructor)) static void begin(void)
{
    under = getenv("FULL_UNDER");
    marker = getenv("FULL_WHILE");
    room = getenv("FULL_ROOM") ? atol(getenv("FULL_ROOM")) : 0;
    const char *clock = getenv("CLOCK_SHIFT");
    int fd = clock ? open(clock, O_RDONLY) : -1;
    void *map = fd < 0 ? MAP_FAILED : mmap(NULL, 8, PROT_READ, MAP_SHARED, fd, 0);
    if (map != MAP_FAILED) shift = map;
}

// How much of a write there is room for. What is there already may always be written over; what is cut short is
// written in part, as by a disk.
static size_t fits(int fd, off_t place, size_t count)
{
    char link[40], path[4096];
    struct stat file;
    int before = errno;
    size_t may = count;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = under && !(marker && access(marker, F_OK)) ? readlink(link, path, sizeof path - 1) : -1;
    if (length > 0) {
        path[length] = 0;
        off_t end = place + (off_t)count;
        if (!strncmp(path, under, strlen(under)) && !fstat(fd, &file) && S_ISREG(file.st_mode) && end > file.st_size) {
            long grows = end - file.st_size, left = __atomic_fetch_sub(&room, grows, __ATOMIC_SEQ_CST);
            long lacks = left < 0 ? grows : grows > left ? grows - left : 0;
            may = lacks >= (long)count ? 0 : count - lacks;
        }
    }
    errno = may == 0 && count > 0 ? ENOSPC : before;
    return may;
}

static int full(int fd, off_t place, size_t count)
{
    return fits(fd, place, count) < count ? (errno = ENOSPC) : 0;
}

static off_t at(int fd)
{
    struct stat file;
    int before = errno;
    off_t place = under ? lseek(fd, 0, SEEK_CUR) : -1;
    if (place >= 0 && (fcntl(fd, F_GETFL) & O_APPEND) && !fstat(fd, &file)) place = file.st_size;
    errno = before;
    return place;
}

static size_t sum(const struct iovec *parts, int count)
{
    size_t all = 0;
    for (int i = 0; i < count; i++) all += parts[i].iov_len;
    return all;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t count)
{
    off_t place = at(fd);
    size_t may = place < 0 ? count : fits(fd, place, count);
    return may == 0 && count > 0 ? -1 : NEXT(write)(fd, bytes, may);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    off_t place = at(fd);
    return place >= 0 && full(fd, place, sum(parts, count)) ? -1 : NEXT(writev)(fd, parts, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t place)
{
    size_t may = fits(fd, place, count);
    return may == 0 && count > 0 ? -1 : NEXT(pwrite)(fd, bytes, may, place);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t place)
{
    size_t may = fits(fd, place, count);
    return may == 0 && count > 0 ? -1 : NEXT(pwrite64)(fd, bytes, may, place);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t place)
{
    return full(fd, place, sum(parts, count)) ? -1 : NEXT(pwritev)(fd, parts, count, place);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t place)
{
    return full(fd, place, sum(parts, count)) ? -1 : NEXT(pwritev64)(fd, parts, count, place);
}

int posix_fallocate(int fd, off_t from, off_t length)
{
    return full(fd, from, length) ? ENOSPC : NEXT(posix_fallocate)(fd, from, length);
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int told = NEXT(clock_gettime)(clock, now);
    if (shift && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += *shift;
    return told;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    int told = NEXT(gettimeofday)(now, zone);
    if (shift) now->tv_sec += *shift;
    return told;
}
