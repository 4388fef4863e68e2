package org.concurrencybench.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.FailedCase;

/**
 * The cases of a run in the order and under the names that every chart, table and sentence uses.
 *
 * @param groups cases that do the same work, ordered by kind, workload and parameters
 * @param rows the models, {@code serial} first; a model that runs at several parallelisms has a row for each
 * @param rowOfCase where each case stands
 */
record Cases(List<Group> groups, List<Row> rows, Map<CaseKey, Row> rowOfCase) {

    private static final List<String> KINDS = List.of("sleep-bound", "cpu-bound", "lock-contended", "overhead");

    private static final List<String> MODELS = List.of(
            CaseKey.REFERENCE_MODEL,
            "platform-threads",
            "platform-threads-cold",
            "virtual-threads",
            "child-jvms",
            "child-jvms-shared-memory",
            "child-jvms-spare",
            "child-jvms-cold",
            "gil-threads");

    /** Short enough that nobody waits for it. */
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");

    /**
     * The cases of one group.
     *
     * @param key what they share
     * @param setting the parameters that tell this group from others of its workload; empty if it is the only one
     */
    record Group(CaseKey.Group key, String setting, List<CaseSummary> summaries, List<FailedCase> failures) {

        /** The workload, or where a file names none, the benchmark. */
        String workload() {
            return key.workload().isEmpty() ? shortBenchmark(key.benchmark()) : key.workload();
        }

        /** The kind, or that none was given. */
        String kind() {
            return kindLabel(key.kind());
        }

        /** Workload, of a user's own function its class and method, and setting. */
        String title() {
            String what = workload();
            if (what.equals(OwnCases.FUNCTION)) {
                what += key.params()
                        .get("function")
                        .map(name -> " " + ofClass(name))
                        .orElse("");
            }
            return setting.isEmpty() ? what : what + " (" + setting + ")";
        }

        /** A function without the package of its class. */
        private static String ofClass(String function) {
            int method = function.indexOf("::");
            return function.substring(function.lastIndexOf('.', method < 0 ? function.length() : method) + 1);
        }

        /** All parameters. */
        String parameters() {
            return spell(key.params().asMap());
        }

        /** The reference's summary, where it was measured. */
        Optional<CaseSummary> reference() {
            return summaries.stream()
                    .filter(summary -> summary.key().isReference())
                    .findFirst();
        }

        /** Whether a case of this row failed in this group. */
        boolean hasFailed(Cases cases, Row row) {
            return failures.stream()
                    .anyMatch(failure -> cases.rowOf(failure.key()).equals(row));
        }

        /** Why there is no number in this row. */
        String absence(Cases cases, Row row) {
            return hasFailed(cases, row) ? "failed" : "not measured";
        }
    }

    /**
     * A row of a chart.
     *
     * @param model its name in the files, which gives colour and marker
     * @param parallelism only where the model runs at several
     */
    record Row(String model, Optional<String> parallelism) {

        String label() {
            String name = model.isEmpty() ? "(no model)" : model;
            return parallelism
                    .map(value -> name + " (parallelism " + value + ")")
                    .orElse(name);
        }
    }

    static Cases of(List<CaseSummary> summaries, List<FailedCase> failures) {
        List<CaseKey> keys = Stream.concat(
                        summaries.stream().map(CaseSummary::key),
                        failures.stream().map(FailedCase::key))
                .distinct()
                .toList();
        Set<String> severalParallelisms = modelsWithSeveralParallelisms(keys);
        Comparator<CaseKey> rowOrder = Comparator.comparing(
                        (CaseKey key) -> key.model(),
                        Comparator.comparingInt(Cases::modelRank).thenComparing(model -> model))
                .thenComparing(key -> parallelism(key), Cases::compareNumerically);
        Map<CaseKey.Group, List<CaseSummary>> measured = summaries.stream()
                .collect(Collectors.groupingBy(summary -> summary.key().group()));
        Map<CaseKey.Group, List<FailedCase>> failed = failures.stream()
                .collect(Collectors.groupingBy(failure -> failure.key().group()));
        Map<CaseKey.Group, String> settings = settings(keys);
        List<Group> groups = settings.keySet().stream()
                .sorted(Comparator.comparingInt((CaseKey.Group key) -> kindRank(key.kind()))
                        .thenComparing(CaseKey.Group::kind)
                        .thenComparing(CaseKey.Group::workload)
                        .thenComparing(CaseKey.Group::benchmark)
                        .thenComparing(key -> key.params().asMap(), Cases::compareSettings))
                .map(group -> new Group(
                        group,
                        settings.getOrDefault(group, ""),
                        measured.getOrDefault(group, List.of()).stream()
                                .sorted(Comparator.comparing(CaseSummary::key, rowOrder))
                                .toList(),
                        failed.getOrDefault(group, List.of())))
                .toList();
        Map<CaseKey, Row> rowOfCase = new LinkedHashMap<>();
        keys.stream().sorted(rowOrder).forEach(key -> rowOfCase.put(key, row(key, severalParallelisms)));
        return new Cases(groups, rowOfCase.values().stream().distinct().toList(), rowOfCase);
    }

    /** The row in which a case stands. */
    Row rowOf(CaseKey key) {
        return Optional.ofNullable(rowOfCase.get(key))
                .orElseGet(() -> rows.stream()
                        .filter(row -> row.model().equals(key.model())
                                && (row.parallelism().isEmpty()
                                        || row.parallelism().equals(Optional.of(parallelism(key)))))
                        .findFirst()
                        .orElseThrow());
    }

    static String kindLabel(String kind) {
        return kind.isEmpty() ? "kind not given" : Text.clean(kind);
    }

    /** Class and method of JMH's name. */
    static String shortBenchmark(String benchmark) {
        int method = benchmark.lastIndexOf('.');
        String name = benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
        return name.isEmpty() ? "unnamed" : name;
    }

    private static Row row(CaseKey key, Set<String> severalParallelisms) {
        return new Row(
                key.model(),
                severalParallelisms.contains(key.model()) ? Optional.of(parallelism(key)) : Optional.empty());
    }

    private static Set<String> modelsWithSeveralParallelisms(List<CaseKey> keys) {
        return keys.stream()
                .collect(Collectors.groupingBy(
                        key -> List.of(key.group(), key.model()), LinkedHashMap::new, Collectors.toSet()))
                .values()
                .stream()
                .filter(sameModel -> sameModel.size() > 1)
                .flatMap(sameModel -> sameModel.stream().map(CaseKey::model))
                .collect(Collectors.toSet());
    }

    /** What tells each group from its sisters, those of the same workload: other parameters, or else another benchmark. */
    private static Map<CaseKey.Group, String> settings(List<CaseKey> keys) {
        Map<List<String>, Set<CaseKey.Group>> families = new LinkedHashMap<>();
        for (CaseKey key : keys) {
            CaseKey.Group group = key.group();
            families.computeIfAbsent(
                            List.of(
                                    group.workload(),
                                    group.kind(),
                                    group.workload().isEmpty() ? group.benchmark() : ""),
                            _ -> new LinkedHashSet<>())
                    .add(group);
        }
        Map<CaseKey.Group, String> settings = new LinkedHashMap<>();
        for (Set<CaseKey.Group> sisters : families.values()) {
            Set<String> names = new TreeSet<>();
            sisters.forEach(sister -> names.addAll(sister.params().asMap().keySet()));
            names.removeIf(name -> sisters.stream()
                            .map(sister -> sister.params().get(name))
                            .distinct()
                            .count()
                    == 1);
            boolean severalBenchmarks =
                    sisters.stream().map(CaseKey.Group::benchmark).distinct().count() > 1;
            for (CaseKey.Group sister : sisters) {
                Map<String, String> telling = new LinkedHashMap<>();
                names.forEach(name -> sister.params().get(name).ifPresent(value -> telling.put(name, value)));
                List<String> words = new ArrayList<>();
                if (!telling.isEmpty()) {
                    words.add(spell(telling));
                }
                if (severalBenchmarks) {
                    words.add(shortBenchmark(sister.benchmark()));
                }
                settings.put(sister, String.join(", ", words));
            }
        }
        return settings;
    }

    static String spell(Map<String, String> params) {
        return params.entrySet().stream()
                .map(param -> param.getKey() + "=" + param.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String parallelism(CaseKey key) {
        return key.params().get(CaseKey.PARALLELISM).orElse("not given");
    }

    /** By name and value in turn, numbers by their size; a setting that ends first comes first. */
    private static int compareSettings(Map<String, String> a, Map<String, String> b) {
        Iterator<Map.Entry<String, String>> others = b.entrySet().iterator();
        for (Map.Entry<String, String> mine : a.entrySet()) {
            if (!others.hasNext()) {
                return 1;
            }
            Map.Entry<String, String> other = others.next();
            int order = mine.getKey().compareTo(other.getKey());
            order = order != 0 ? order : compareNumerically(mine.getValue(), other.getValue());
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }

    /** Numbers by their size and before all that is none. */
    private static int compareNumerically(String a, String b) {
        boolean number = NUMBER.matcher(a).matches();
        if (number != NUMBER.matcher(b).matches()) {
            return number ? -1 : 1;
        }
        int order = number ? new BigDecimal(a).compareTo(new BigDecimal(b)) : 0;
        return order != 0 ? order : a.compareTo(b);
    }

    private static int kindRank(String kind) {
        return kind.isEmpty() ? KINDS.size() + 1 : rank(KINDS, kind);
    }

    static int modelRank(String model) {
        return rank(MODELS, model);
    }

    private static int rank(List<String> order, String name) {
        int index = order.indexOf(name);
        return index < 0 ? order.size() : index;
    }
}
