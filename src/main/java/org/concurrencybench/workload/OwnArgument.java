package org.concurrencybench.workload;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a user's function takes, made from a line of text.
 *
 * @param typeName for messages
 * @param parser throws {@link IllegalArgumentException} for a line that is none
 */
record OwnArgument(String typeName, Function<String, Object> parser) {

    /** For messages. */
    static final String SUPPORTED = "String, a number, byte[], Path or an enum";

    private static final Map<Class<?>, Function<String, Object>> PARSERS = Map.ofEntries(
            Map.entry(String.class, line -> line),
            Map.entry(Path.class, Path::of),
            Map.entry(byte[].class, line -> line.getBytes(StandardCharsets.UTF_8)),
            Map.entry(byte.class, Byte::valueOf),
            Map.entry(Byte.class, Byte::valueOf),
            Map.entry(short.class, Short::valueOf),
            Map.entry(Short.class, Short::valueOf),
            Map.entry(int.class, Integer::valueOf),
            Map.entry(Integer.class, Integer::valueOf),
            Map.entry(long.class, Long::valueOf),
            Map.entry(Long.class, Long::valueOf),
            Map.entry(float.class, Float::valueOf),
            Map.entry(Float.class, Float::valueOf),
            Map.entry(double.class, Double::valueOf),
            Map.entry(Double.class, Double::valueOf),
            Map.entry(BigInteger.class, BigInteger::new),
            Map.entry(BigDecimal.class, BigDecimal::new));

    /** For this type; empty if it is none of those. */
    static Optional<OwnArgument> of(Class<?> type) {
        Function<String, Object> parser = type.isEnum() ? line -> constant(type, line) : PARSERS.get(type);
        return Optional.ofNullable(parser).map(known -> new OwnArgument(type.getSimpleName(), known));
    }

    private static Object constant(Class<?> type, String line) {
        Object[] constants = constants(type);
        return Arrays.stream(constants)
                .filter(constant -> constant.toString().equals(line)
                        || ((Enum<?>) constant).name().equals(line))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it is none of "
                        + Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", "))));
    }

    /** The type is initialized here, because reflection would hide why that fails. */
    private static Object[] constants(Class<?> type) {
        try {
            return Class.forName(type.getName(), true, type.getClassLoader()).getEnumConstants();
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(
                    "its constants cannot be made: " + (e.getCause() == null ? e : e.getCause()), e);
        }
    }

    /**
     * The value.
     *
     * @param where the line is, for the message
     * @throws IllegalArgumentException if the line is none; one line
     */
    Object parse(String line, String where) {
        try {
            return parser.apply(line);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s: '%s' is no %s (%s)".formatted(where, OwnResult.shortened(line), typeName, e.getMessage()), e);
        }
    }
}
