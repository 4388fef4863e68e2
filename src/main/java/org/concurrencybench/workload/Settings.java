package org.concurrencybench.workload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value for each parameter of a workload, every one of them checked. */
public final class Settings {

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * The defaults of {@code parameters}, with {@code given} in their place.
     *
     * @throws IllegalArgumentException if a given name is no parameter or its value is not allowed; one line
     */
    public static Settings of(List<Parameter> parameters, Map<String, String> given) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            String value = given.getOrDefault(parameter.name(), parameter.defaultValue());
            if (!parameter.accepts(value)) {
                throw new IllegalArgumentException(
                        "parameter %s is '%s', but must be %s".formatted(parameter.name(), value, parameter.allowed()));
            }
            values.put(parameter.name(), value);
        }
        for (String name : given.keySet()) {
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException(
                        "no parameter '%s'; there are %s".formatted(name, String.join(", ", values.keySet())));
            }
        }
        return new Settings(values);
    }

    /** The value of a whole-number parameter. */
    public int number(String name) {
        return Integer.parseInt(word(name));
    }

    /** The value of a parameter that is several whole numbers. */
    public List<Integer> numbers(String name) {
        return Parameter.Numbers.read(word(name));
    }

    /** The value of any parameter, as it is spelt. */
    public String word(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no parameter '" + name + "'");
        }
        return value;
    }

    /** All of them, unmodifiable, in the order of the definition. */
    public Map<String, String> asMap() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && values.equals(settings.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
