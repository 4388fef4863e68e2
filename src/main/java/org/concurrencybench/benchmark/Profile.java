package org.concurrencybench.benchmark;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A choice of cases and of how long to measure them. */
public enum Profile {
    SMOKE(3, "does everything work? small cases, at most 60 seconds"),
    STANDARD(5, "the three main workloads, at most 5 minutes on 2 cores"),
    FULL(10, "more settings and more forks"),
    TEXTBOOK(3, "the textbook's own settings");

    private final int forks;
    private final String purpose;

    Profile(int forks, String purpose) {
        this.forks = forks;
        this.purpose = purpose;
    }

    /** Forks of every case. */
    public int forks() {
        return forks;
    }

    /** What it is for, in one line. */
    public String purpose() {
        return purpose;
    }

    /** Its name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The profile with this name. */
    public static Optional<Profile> find(String label) {
        return Arrays.stream(values())
                .filter(profile -> profile.label().equals(label))
                .findFirst();
    }
}
