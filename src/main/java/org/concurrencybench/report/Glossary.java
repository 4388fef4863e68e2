package org.concurrencybench.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.concurrencybench.sample.CaseKey;

/**
 * What a run's names mean, for somebody who has never heard of them.
 *
 * @param models each model of the run, in the order to show them
 * @param lessons what each workload of the run teaches, in the order to show them
 * @param titles settings in words, where somebody knows some
 */
public record Glossary(List<Term> models, List<Term> lessons, Map<CaseKey.Group, String> titles) {

    /** Of a run of which nothing is known but its numbers. */
    public static final Glossary NONE = new Glossary(List.of(), List.of(), Map.of());

    /** Copies all of it. */
    public Glossary {
        models = List.copyOf(models);
        lessons = List.copyOf(lessons);
        titles = Map.copyOf(titles);
    }

    /** A name with its meaning, a line without a full stop. */
    public record Term(String name, String meaning) {}

    /** A setting in words. */
    Optional<String> title(CaseKey.Group setting) {
        return Optional.ofNullable(titles.get(setting));
    }
}
