package org.concurrencybench.report;

/** The parts of a run's page, in the order in which they stand there. A part that has nothing to show is left out. */
enum Part {
    OWN("own", "Your code"),
    ANSWERS("answers", "Answers"),
    KINDS("kinds", "How much faster than one thread?"),
    MAP("map", "Which model when?"),
    CURVES("curves", "How it grows"),
    COST("cost", "What it costs"),
    CHILD_JVMS("child-jvms", "Where the time of child JVMs goes"),
    TIMELINES("timelines", "Who did what when"),
    LESSONS("lessons", "What each workload teaches"),
    CASES("cases", "Each case"),
    TEXTBOOK("replay", "The textbook's programs: published, here, ideal"),
    MACHINE("facts", "Where and how it was measured");

    private final String id;
    private final String heading;

    Part(String id, String heading) {
        this.id = id;
        this.heading = heading;
    }

    /** Where links to it lead. */
    String id() {
        return id;
    }

    String heading() {
        return heading;
    }
}
