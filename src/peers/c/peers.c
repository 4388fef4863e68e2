/*
 * What C on Linux reaches where the Java side has its own locks, round trips and child processes between processes.
 *
 *   peers [--rounds N] [--only NAME[,NAME...]] [--list]
 *
 * Each round prints one line per figure: name, tab, value, tab, unit.
 *
 * Two parties are two processes that share one MAP_SHARED mapping. Each warms up with a tenth of its operations, they meet
 * at a barrier in that memory, and then each does its operations. The timed region reaches from the first party that
 * leaves the barrier to the last one that is done, and holds nothing else. How many operations make about 150 ms is found
 * by short runs before it. Sums are checked after the clock has stopped; a wrong one ends the program.
 *
 * Parties that meet in memory are pinned, each to a core of its own: left to the scheduler they often share one core, take
 * turns by time slice and hardly ever contend. Parties that meet in the kernel (pipes) are left to the scheduler.
 *
 *   ...-uncontended         one party: elapsed / operations
 *   ...-contended           two parties, the same number of operations each: elapsed / operations of both
 *   ...-round-trip          one party asks, the other answers: elapsed / questions
 *   c-spawn                 from posix_spawn until waitpid returns, the median of 41; the program started is this one,
 *                           which then ends at once
 *
 * Exit codes: 0 done, 1 a measurement failed, 2 wrong call.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <spawn.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Two cache lines, because processors of today fetch them in pairs. */
#define APART 128
#define TIMED_NANOS 150e6
#define FIRST_OPERATIONS 1000L
#define CALIBRATED_NANOS 5e6
#define SPINS_BEFORE_YIELD 2000
#define SPAWNS 41
/* A figure takes well below a second; whoever waits this long waits for a partner that is gone. */
#define SECONDS_PER_FIGURE 60
#define END_AT_ONCE "--end-at-once"

extern char **environ;

struct shared {
    alignas(APART) sem_t semaphore;
    alignas(APART) pthread_mutex_t mutex;
    alignas(APART) atomic_int spin_lock;
    alignas(APART) long value; /* guarded by whichever lock is measured */
    alignas(APART) atomic_long counter;
    alignas(APART) atomic_long ball;
    alignas(APART) atomic_long ball_back;
    alignas(APART) atomic_int arrived;
    int64_t started_nanos[2];
    int64_t ended_nanos[2];
    int questions[2]; /* the two ends of a pipe */
    int answers[2];
};

/* The operations from, from + 1, ..., to - 1 of one party. */
typedef void operations(struct shared *shared, int party, long from, long to);

static void fail(const char *what, int error)
{
    fprintf(stderr, "peers: %s%s%s\n", what, error ? ": " : "", error ? strerror(error) : "");
    _exit(1);
}

static void must(int error, const char *what)
{
    if (error != 0) {
        fail(what, error);
    }
}

static int64_t now_nanos(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* One step of a spin. It gives the core away now and then: both parties may be on the same one. */
static inline void pause_spinning(int *spins)
{
    if (++*spins >= SPINS_BEFORE_YIELD) {
        *spins = 0;
        sched_yield();
        return;
    }
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("yield");
#endif
}

struct figure {
    const char *name;
    const char *unit;
    operations *operate; /* NULL: c-spawn */
    int parties;
    bool counts; /* each operation of each party adds one, which is checked; otherwise one is a round trip of both */
    bool pinned;
};
#define COUNTS true
#define PINNED true

/* ---- What is measured ---- */

static void count_under_semaphore(struct shared *shared, int party, long from, long to)
{
    (void)party;
    for (long i = from; i < to; i++) {
        while (sem_wait(&shared->semaphore) != 0) {
            if (errno != EINTR) {
                fail("sem_wait", errno);
            }
        }
        shared->value++;
        if (sem_post(&shared->semaphore) != 0) {
            fail("sem_post", errno);
        }
    }
}

static void count_under_mutex(struct shared *shared, int party, long from, long to)
{
    (void)party;
    for (long i = from; i < to; i++) {
        /* A dead owner (EOWNERDEAD) is a failure too: nobody dies here. */
        must(pthread_mutex_lock(&shared->mutex), "pthread_mutex_lock");
        shared->value++;
        must(pthread_mutex_unlock(&shared->mutex), "pthread_mutex_unlock");
    }
}

static void count_atomically(struct shared *shared, int party, long from, long to)
{
    (void)party;
    for (long i = from; i < to; i++) {
        atomic_fetch_add(&shared->counter, 1);
    }
}

static void count_under_spin_lock(struct shared *shared, int party, long from, long to)
{
    (void)party;
    for (long i = from; i < to; i++) {
        int spins = 0;
        int is_free = 0;
        /* Acquire: pairs with the release below, so that the value of the last owner is seen. */
        while (!atomic_compare_exchange_weak_explicit(
                &shared->spin_lock, &is_free, 1, memory_order_acquire, memory_order_relaxed)) {
            is_free = 0;
            pause_spinning(&spins);
        }
        shared->value++;
        atomic_store_explicit(&shared->spin_lock, 0, memory_order_release);
    }
}

static void await_ball(const atomic_long *ball, long wanted)
{
    int spins = 0;
    while (atomic_load_explicit(ball, memory_order_acquire) != wanted) {
        pause_spinning(&spins);
    }
}

/* Party 0 makes the ball odd, party 1 makes it even. */
static void play_ball(struct shared *shared, int party, long from, long to)
{
    for (long i = from; i < to; i++) {
        if (party == 0) {
            atomic_store_explicit(&shared->ball, 2 * i + 1, memory_order_release);
            await_ball(&shared->ball, 2 * i + 2);
        } else {
            await_ball(&shared->ball, 2 * i + 1);
            atomic_store_explicit(&shared->ball, 2 * i + 2, memory_order_release);
        }
    }
}

/* Each party writes to a line of its own and looks at the other's, as two queues have to. */
static void play_two_balls(struct shared *shared, int party, long from, long to)
{
    for (long i = from; i < to; i++) {
        if (party == 0) {
            atomic_store_explicit(&shared->ball, i + 1, memory_order_release);
            await_ball(&shared->ball_back, i + 1);
        } else {
            await_ball(&shared->ball, i + 1);
            atomic_store_explicit(&shared->ball_back, i + 1, memory_order_release);
        }
    }
}

static void send_number(int pipe_end, long number)
{
    if (write(pipe_end, &number, sizeof number) != sizeof number) {
        fail("writing to a pipe", errno);
    }
}

static void receive_number(int pipe_end, long wanted)
{
    long number;
    /* Numbers of eight bytes are below PIPE_BUF, so they come whole. */
    if (read(pipe_end, &number, sizeof number) != sizeof number) {
        fail("reading from a pipe", errno);
    }
    if (number != wanted) {
        fail("a pipe handed over a wrong number", 0);
    }
}

static void talk_over_pipes(struct shared *shared, int party, long from, long to)
{
    for (long i = from; i < to; i++) {
        if (party == 0) {
            send_number(shared->questions[1], i);
            receive_number(shared->answers[0], i);
        } else {
            receive_number(shared->questions[0], i);
            send_number(shared->answers[1], i);
        }
    }
}

/* ---- Running it ---- */

static struct shared *create_shared(void)
{
    struct shared *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        fail("mmap", errno);
    }
    if (sem_init(&shared->semaphore, 1, 1) != 0) {
        fail("sem_init", errno);
    }
    pthread_mutexattr_t attributes;
    must(pthread_mutexattr_init(&attributes), "pthread_mutexattr_init");
    must(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED), "pthread_mutexattr_setpshared");
    must(pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST), "pthread_mutexattr_setrobust");
    must(pthread_mutex_init(&shared->mutex, &attributes), "pthread_mutex_init");
    must(pthread_mutexattr_destroy(&attributes), "pthread_mutexattr_destroy");
    if (pipe(shared->questions) != 0 || pipe(shared->answers) != 0) {
        fail("pipe", errno);
    }
    return shared;
}

static void destroy_shared(struct shared *shared)
{
    for (int end = 0; end < 2; end++) {
        close(shared->questions[end]);
        close(shared->answers[end]);
    }
    pthread_mutex_destroy(&shared->mutex);
    sem_destroy(&shared->semaphore);
    munmap(shared, sizeof *shared);
}

static void meet(struct shared *shared, int parties)
{
    int spins = 0;
    atomic_fetch_add(&shared->arrived, 1);
    while (atomic_load(&shared->arrived) < parties) {
        pause_spinning(&spins);
    }
}

/* Puts this process on the party-th of the CPUs it may use; with fewer CPUs than that, leaves it where it is. */
static void pin(const cpu_set_t *allowed, int party)
{
    int before = 0;
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (CPU_ISSET(cpu, allowed) && before++ == party) {
            cpu_set_t one;
            CPU_ZERO(&one);
            CPU_SET(cpu, &one);
            if (sched_setaffinity(0, sizeof one, &one) != 0) {
                fail("sched_setaffinity", errno);
            }
        }
    }
}

static void take_part(struct shared *shared, operations *operate, int party, int parties, long warm_up, long count)
{
    operate(shared, party, 0, warm_up);
    meet(shared, parties);
    shared->started_nanos[party] = now_nanos();
    operate(shared, party, warm_up, warm_up + count);
    shared->ended_nanos[party] = now_nanos();
}

static pid_t fork_partner(void)
{
    pid_t parent = getpid();
    pid_t partner = fork();
    if (partner < 0) {
        fail("fork", errno);
    }
    if (partner == 0) {
        /* A partner never outlives the one it works with. */
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) {
            _exit(1);
        }
    }
    return partner;
}

static void await_exit(pid_t process)
{
    int status;
    while (waitpid(process, &status, 0) < 0) {
        if (errno != EINTR) {
            fail("waitpid", errno);
        }
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fail("a child process did not end well", 0);
    }
}

/* The nanoseconds that `count` operations of each party take. */
static double elapsed_nanos(const struct figure *figure, long count)
{
    operations *operate = figure->operate;
    int parties = figure->parties;
    struct shared *shared = create_shared();
    long warm_up = count / 10;
    pid_t partner = 0;
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
        fail("sched_getaffinity", errno);
    }
    if (parties == 2) {
        partner = fork_partner();
        if (figure->pinned) {
            pin(&allowed, partner == 0 ? 1 : 0);
        }
        if (partner == 0) {
            take_part(shared, operate, 1, parties, warm_up, count);
            _exit(0);
        }
    }
    take_part(shared, operate, 0, parties, warm_up, count);
    int64_t started = shared->started_nanos[0];
    int64_t ended = shared->ended_nanos[0];
    if (parties == 2) {
        sched_setaffinity(0, sizeof allowed, &allowed);
        await_exit(partner);
        started = shared->started_nanos[1] < started ? shared->started_nanos[1] : started;
        ended = shared->ended_nanos[1] > ended ? shared->ended_nanos[1] : ended;
    }
    if (figure->counts && shared->value + atomic_load(&shared->counter) != parties * (warm_up + count)) {
        fail("updates were lost", 0);
    }
    destroy_shared(shared);
    return (double)(ended - started);
}

static double nanos_per_operation(const struct figure *figure)
{
    long count = FIRST_OPERATIONS;
    double elapsed = elapsed_nanos(figure, count);
    while (elapsed < CALIBRATED_NANOS) {
        count *= 4;
        elapsed = elapsed_nanos(figure, count);
    }
    count = (long)(count * (TIMED_NANOS / elapsed));
    return elapsed_nanos(figure, count) / ((double)count * (figure->counts ? figure->parties : 1));
}

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static double spawn_millis(void)
{
    double millis[SPAWNS];
    char *arguments[] = {"peers", END_AT_ONCE, NULL};
    for (int i = 0; i < SPAWNS; i++) {
        pid_t process;
        int64_t started = now_nanos();
        must(posix_spawn(&process, "/proc/self/exe", NULL, NULL, arguments, environ), "posix_spawn");
        await_exit(process);
        millis[i] = (now_nanos() - started) / 1e6;
    }
    qsort(millis, SPAWNS, sizeof millis[0], compare_doubles);
    return millis[SPAWNS / 2];
}

/* ---- The command line ---- */

static const struct figure figures[] = {
    {"c-semaphore-uncontended", "ns", count_under_semaphore, 1, COUNTS, false},
    {"c-semaphore-contended", "ns", count_under_semaphore, 2, COUNTS, PINNED},
    {"c-robust-mutex-uncontended", "ns", count_under_mutex, 1, COUNTS, false},
    {"c-robust-mutex-contended", "ns", count_under_mutex, 2, COUNTS, PINNED},
    {"c-atomic-uncontended", "ns", count_atomically, 1, COUNTS, false},
    {"c-atomic-contended", "ns", count_atomically, 2, COUNTS, PINNED},
    {"c-spin-uncontended", "ns", count_under_spin_lock, 1, COUNTS, false},
    {"c-spin-contended", "ns", count_under_spin_lock, 2, COUNTS, PINNED},
    {"c-cache-line-round-trip", "ns", play_ball, 2, false, PINNED},
    {"c-two-lines-round-trip", "ns", play_two_balls, 2, false, PINNED},
    {"c-pipe-round-trip", "ns", talk_over_pipes, 2, false, false},
    {"c-spawn", "ms", NULL, 1, false, false},
};
#define FIGURES (sizeof figures / sizeof figures[0])

static void end_overdue(int signal_number)
{
    static const char message[] = "peers: a figure took longer than a minute; given up\n";
    (void)signal_number;
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0) {
        _exit(1);
    }
    _exit(1);
}

static void reject(const char *what, const char *argument)
{
    fprintf(stderr, "peers: %s '%s'; usage: peers [--rounds N] [--only NAME[,NAME...]] [--list]\n", what, argument);
    exit(2);
}

static void select_figures(char *names, bool *selected)
{
    memset(selected, 0, FIGURES * sizeof *selected);
    for (char *name = strtok(names, ","); name != NULL; name = strtok(NULL, ",")) {
        size_t i = 0;
        while (i < FIGURES && strcmp(figures[i].name, name) != 0) {
            i++;
        }
        if (i == FIGURES) {
            reject("there is no figure", name);
        }
        selected[i] = true;
    }
}

int main(int argc, char **argv)
{
    bool selected[FIGURES];
    long rounds = 1;
    if (argc == 2 && strcmp(argv[1], END_AT_ONCE) == 0) {
        return 0;
    }
    for (size_t i = 0; i < FIGURES; i++) {
        selected[i] = true;
    }
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--list") == 0) {
            for (size_t j = 0; j < FIGURES; j++) {
                puts(figures[j].name);
            }
            return 0;
        } else if (strcmp(argv[i], "--rounds") == 0 && i + 1 < argc) {
            char *end;
            rounds = strtol(argv[++i], &end, 10);
            if (*end != '\0' || rounds < 1) {
                reject("not a number of rounds:", argv[i]);
            }
        } else if (strcmp(argv[i], "--only") == 0 && i + 1 < argc) {
            select_figures(argv[++i], selected);
        } else {
            reject("unknown or incomplete:", argv[i]);
        }
    }
    if (sysconf(_SC_NPROCESSORS_ONLN) < 2) {
        fprintf(stderr, "peers: one CPU only: two parties take turns on it, and nothing contends\n");
    }
    signal(SIGALRM, end_overdue);
    for (long round = 0; round < rounds; round++) {
        for (size_t i = 0; i < FIGURES; i++) {
            const struct figure *figure = &figures[i];
            if (!selected[i]) {
                continue;
            }
            alarm(SECONDS_PER_FIGURE);
            double value = figure->operate == NULL
                ? spawn_millis()
                : nanos_per_operation(figure);
            alarm(0);
            printf("%s\t%.4f\t%s\n", figure->name, value, figure->unit);
            fflush(stdout);
        }
    }
    return 0;
}
