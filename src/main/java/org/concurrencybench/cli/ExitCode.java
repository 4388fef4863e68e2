package org.concurrencybench.cli;

/** What the command's end tells a script. */
enum ExitCode {
    DONE(0),
    REGRESSED(1),
    BAD_CALL(2),
    UNDECIDED(3),
    NOTHING_MEASURED(4),
    SOME_FAILED(5),
    /** A fault of the program itself, as in sysexits.h; never one of the codes that a gate acts on. */
    INTERNAL_ERROR(70),
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
