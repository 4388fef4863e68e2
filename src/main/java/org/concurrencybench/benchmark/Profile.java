package org.concurrencybench.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A choice of cases and of how long to measure them. */
public enum Profile {
    SMOKE(3, Model.main(), "does everything work? small cases, at most 60 seconds"),
    STANDARD(8, Model.main(), "the three main workloads, spawn and footprint, at most 5 minutes on 2 cores"),
    FULL(10, Model.general(), "more settings, all models and more forks"),
    TEXTBOOK(3, Model.general(), "the textbook's own settings");

    private final int forks;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Model> models;

    private final String purpose;

    Profile(int forks, List<Model> models, String purpose) {
        this.forks = forks;
        this.models = models;
        this.purpose = purpose;
    }

    /** Most forks of a case. */
    public int forks() {
        return forks;
    }

    /** Time after which no fork is started; what is left to the time that {@link #purpose} promises is for the report. */
    public Optional<Duration> budget() {
        return switch (this) {
            case STANDARD -> Optional.of(Duration.ofSeconds(270));
            case SMOKE, FULL, TEXTBOOK -> Optional.empty();
        };
    }

    /** The models that it measures where a call names none. */
    public List<Model> models() {
        return models;
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
