package org.concurrencybench.report;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Params;

/**
 * What one piece of advice is about: the parameters of a user's case but for those that the advice chooses, which are the
 * model, the parallelism and the size of a batch of calls.
 *
 * @param params JDK and flags among them
 */
record OwnSetting(Params params) {

    /** What says on which JVM a case runs and not what it computes. */
    private static final List<String> JVM = List.of("jvm", "flags");

    static OwnSetting of(CaseKey key) {
        Params rest = key.params().without(CaseKey.PARALLELISM);
        return new OwnSetting(key.workload().equals(OwnCases.FUNCTION) ? rest.without(OwnCases.CALLS) : rest);
    }

    /** The same work on whatever JVM. */
    OwnSetting onAnyJvm() {
        Params rest = params;
        for (String name : JVM) {
            rest = rest.without(name);
        }
        return new OwnSetting(rest);
    }

    /** Whether {@code cell} is a part of it. */
    boolean has(String cell) {
        return Set.of(params.toCell().split(";", -1)).containsAll(Set.of(cell.split(";", -1)));
    }

    /** The parameters that not all of these have alike. */
    static Set<String> varying(Collection<OwnSetting> settings) {
        Set<String> names = new TreeSet<>();
        settings.forEach(one -> names.addAll(one.params.asMap().keySet()));
        names.removeIf(name ->
                settings.stream().map(one -> one.params.get(name)).distinct().count() == 1);
        return names;
    }

    /** For readers: the JVM where one is named, and these parameters; empty where there is nothing to tell apart. */
    String label(Set<String> varying) {
        Map<String, String> told = new TreeMap<>(params.asMap());
        told.keySet().removeIf(name -> !varying.contains(name) && !JVM.contains(name));
        return told.entrySet().stream()
                .map(entry -> Text.clean(entry.getKey()) + " " + Text.clean(entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
