package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.JmhJson;
import org.jspecify.annotations.Nullable;

/**
 * Which names of the results of one class are the series of its charts, which part the groups, and over which a curve runs.
 *
 * <p>A curve runs over a parameter of three or more positive numbers. The series is, of what is left and varies: the run,
 * where the same benchmark is in several; else a parameter whose name says that it holds competitors; else a parameter of
 * words; else the method; else whatever there is. All other names that vary part the groups, so that no two results ever
 * share a place.
 *
 * @param x absent where there is no curve
 */
record Arrangement(List<String> series, List<String> groups, Optional<String> x) {

    private static final int LEAST_POINTS = 3;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,15})?");
    private static final Pattern COMPETITORS = Pattern.compile(
            "(.*[a-z])?(model|impl(ementation)?|type|algorithm|strategy|variant|library|lib|provider|engine|codec|"
                    + "serializer|cache|queue|lock|map|list|collection|executor|pool|collector|gc|policy|kind)(name|type)?");
    private static final Pattern SIZES =
            Pattern.compile(".*(size|length|count|number|tasks|elements|items|entries|capacity|n|threads|parallelism)");
    private static final Set<String> BOOLEANS = Set.of("true", "false");

    /** Finds it for results that may stand on one axis. */
    static Arrangement of(List<NamedResult> results, Results.Choice choice) {
        List<String> varying = varying(results);
        String run = nameOf(results, NamedResult.RUN);
        if (varying.contains(run) && !choice.names().contains(run) && isTellingWithout(results, varying, run)) {
            varying.remove(run);
        }
        // How many units a model has belongs to the model, where each was measured with one number of them.
        if (varying.contains(JmhJson.MODEL)
                && !choice.names().contains(CaseKey.PARALLELISM)
                && isTellingWithout(results, varying, CaseKey.PARALLELISM)) {
            varying.remove(CaseKey.PARALLELISM);
        }
        List<String> open = new ArrayList<>(varying);
        open.removeAll(choice.names());
        Optional<String> x = choice.x().or(() -> curve(results, open, varying));
        x.ifPresent(open::remove);
        List<String> groups = new ArrayList<>(choice.groups());
        List<String> series = new ArrayList<>(choice.series());
        if (series.isEmpty() && !groups.isEmpty()) {
            series.addAll(open);
            open.clear();
        } else if (series.isEmpty()) {
            series(results, open, run).ifPresent(series::add);
            open.removeAll(series);
        }
        if (series.isEmpty()) {
            series.add(nameOf(results, NamedResult.METHOD));
        }
        groups.addAll(open);
        groups.removeAll(series);
        return new Arrangement(List.copyOf(series), List.copyOf(groups), x);
    }

    /** {@code series: impl; groups: class, method; x: size}. */
    String inWords() {
        List<String> parting = new ArrayList<>(groups);
        if (!series.contains(NamedResult.CLASS) && !groups.contains(NamedResult.CLASS)) {
            parting.addFirst(NamedResult.CLASS);
        }
        return "series: %s; groups: %s%s"
                .formatted(
                        String.join(", ", series),
                        parting.isEmpty() ? "one" : String.join(", ", parting),
                        x.map(name -> "; x: " + name).orElse(""));
    }

    /** What a result is called within its group. */
    String seriesOf(NamedResult result) {
        return series.stream().map(name -> spell(result, name)).collect(Collectors.joining(", "));
    }

    /** What its group is called: the class, and the values that part the groups. */
    String groupOf(NamedResult result) {
        String className = nameOf(List.of(result), NamedResult.CLASS);
        String method = nameOf(List.of(result), NamedResult.METHOD);
        List<String> words = new ArrayList<>();
        if (!series.contains(className)) {
            String simple = result.own(NamedResult.CLASS);
            boolean methodToo = !series.contains(method) && !simple.isEmpty();
            words.add(methodToo ? result.benchmark() : simple);
        } else if (!series.contains(method)) {
            words.add(result.own(NamedResult.METHOD));
        }
        for (String name : groups) {
            if (!name.equals(className)
                    && !name.equals(method)
                    && result.names().containsKey(name)) {
                words.add(name + "=" + result.names().get(name));
            }
        }
        words.removeIf(String::isEmpty);
        return words.isEmpty() ? "all" : String.join(", ", words);
    }

    /** Where it stands on the curve; absent where it has no number above 0 there. */
    OptionalDouble xOf(NamedResult result) {
        return x.map(name -> number(result.names().get(name))).orElse(OptionalDouble.empty());
    }

    private static String spell(NamedResult result, String name) {
        String value = result.names().get(name);
        if (value == null) {
            return "no " + name;
        }
        boolean speaksForItself = !NUMBER.matcher(value).matches()
                && !BOOLEANS.contains(value)
                && !value.isBlank()
                && !value.equals("null");
        return speaksForItself ? value : name + "=" + value;
    }

    /** What JMH's own name is called in these results. */
    private static String nameOf(List<NamedResult> results, String own) {
        return results.getFirst().names().containsKey("jmh-" + own) ? "jmh-" + own : own;
    }

    private static List<String> varying(List<NamedResult> results) {
        Set<String> names = new LinkedHashSet<>();
        results.forEach(result -> names.addAll(result.names().keySet()));
        return names.stream()
                .filter(name -> values(results, name).size() > 1)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Set<String> values(List<NamedResult> results, String name) {
        Set<String> values = new LinkedHashSet<>();
        results.forEach(
                result -> values.add(Objects.requireNonNullElse(result.names().get(name), "")));
        return values;
    }

    /** Whether all results can be told apart by the other names alone. */
    private static boolean isTellingWithout(List<NamedResult> results, List<String> varying, String name) {
        Set<List<String>> seen = new HashSet<>();
        return results.stream().allMatch(result -> seen.add(place(result, varying, name)));
    }

    private static List<String> place(NamedResult result, List<String> varying, String without) {
        return varying.stream()
                .filter(name -> !name.equals(without))
                .map(name -> Objects.requireNonNullElse(result.names().get(name), ""))
                .toList();
    }

    private static Optional<String> curve(List<NamedResult> results, List<String> open, List<String> varying) {
        return open.stream()
                .filter(name -> !name.toLowerCase(Locale.ROOT).contains("seed"))
                .filter(name -> values(results, name).size() >= LEAST_POINTS)
                .filter(name -> values(results, name).stream()
                        .allMatch(value -> number(value).isPresent()))
                .max(Comparator.comparingInt((String name) -> mostTogether(results, open, name))
                        .thenComparing(name ->
                                SIZES.matcher(name.toLowerCase(Locale.ROOT)).matches())
                        .thenComparing(Comparator.reverseOrder()))
                .filter(name -> mostTogether(results, varying, name) >= LEAST_POINTS);
    }

    /** The most values of a name among results that are alike in everything else. */
    private static int mostTogether(List<NamedResult> results, List<String> varying, String name) {
        Map<List<String>, Integer> counts = new HashMap<>();
        results.forEach(result -> counts.merge(place(result, varying, name), 1, Integer::sum));
        return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static Optional<String> series(List<NamedResult> results, List<String> open, String run) {
        if (open.contains(run)) {
            return Optional.of(run);
        }
        // What one mode measures is no rival of what another does.
        String mode = nameOf(results, NamedResult.MODE);
        return open.stream()
                .filter(name -> !name.equals(mode))
                .max(Comparator.comparingInt((String name) -> aptness(results, name))
                        .thenComparingInt(name -> mostTogether(results, open, name)));
    }

    private static int aptness(List<NamedResult> results, String name) {
        boolean isParam = results.stream()
                .anyMatch(result -> result.measured().params().get(name).isPresent());
        Set<String> values = values(results, name);
        if (isParam && COMPETITORS.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
            return 5;
        }
        if (isParam && values.stream().noneMatch(value -> number(value).isPresent() || BOOLEANS.contains(value))) {
            return 4;
        }
        if (name.equals(nameOf(results, NamedResult.METHOD))) {
            return 3;
        }
        if (isParam) {
            return 2;
        }
        return 1;
    }

    private static OptionalDouble number(@Nullable String value) {
        if (value == null || !NUMBER.matcher(value).matches()) {
            return OptionalDouble.empty();
        }
        double number = Double.parseDouble(value);
        return number > 0 ? OptionalDouble.of(number) : OptionalDouble.empty();
    }
}
