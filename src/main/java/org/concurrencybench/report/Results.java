package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.concurrencybench.sample.MeasuredFile;

/**
 * Results of any JMH benchmarks, of one run or of several side by side. All of their text is untrusted.
 *
 * @param title what the page is about
 * @param sources at least one
 * @param choice how the caller wants them arranged
 */
public record Results(String title, List<Source> sources, Choice choice) {

    /** Copies the list. */
    public Results {
        sources = List.copyOf(sources);
    }

    /**
     * One file of them.
     *
     * @param run what it is called beside the others; no two of them alike
     */
    public record Source(String run, MeasuredFile file) {}

    /**
     * Names of parameters, or of what else tells results apart, by what they are to be in the charts. What is left open is
     * found.
     *
     * @param series what stands side by side within a group
     * @param groups what parts the groups
     * @param x what a curve runs over
     */
    public record Choice(List<String> series, List<String> groups, Optional<String> x) {

        /** Nothing chosen. */
        public static final Choice NONE = new Choice(List.of(), List.of(), Optional.empty());

        /** Copies the lists. */
        public Choice {
            series = List.copyOf(series);
            groups = List.copyOf(groups);
        }

        /** Every name that was chosen, once. */
        public Set<String> names() {
            List<String> names = new ArrayList<>(series);
            names.addAll(groups);
            x.ifPresent(names::add);
            return new LinkedHashSet<>(names);
        }
    }

    /** The names that may be chosen: those that any result has. */
    public List<String> names() {
        return NamedResult.of(this).stream()
                .flatMap(result -> result.names().keySet().stream())
                .distinct()
                .toList();
    }
}
