package org.concurrencybench.workload;

import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a user's function returns, as bytes that are the same for equal results: how it is compared, and how it crosses. */
final class OwnResult {

    /** For messages. */
    private static final String SUPPORTED =
            "String, a number, byte[], Path, an enum, void, or records and lists of them";

    private static final Set<Class<?>> PLAIN = Set.of(
            void.class,
            Void.class,
            String.class,
            Path.class,
            byte[].class,
            boolean.class,
            Boolean.class,
            char.class,
            Character.class,
            byte.class,
            Byte.class,
            short.class,
            Short.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            float.class,
            Float.class,
            double.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class);

    /** A type and a length. */
    private static final int HEADER_BYTES = 5;

    /** Of an input or a result in a message. */
    private static final int LONGEST_IN_MESSAGE = 80;

    private OwnResult() {}

    /**
     * Looks whether results of this type can be compared and can cross.
     *
     * @throws IllegalArgumentException if not; one line
     */
    static void check(Type type, String name) {
        Set<Class<?>> records = new LinkedHashSet<>();
        if (!isSupported(type, records)) {
            throw new IllegalArgumentException(
                    "%s returns a %s; it may return %s".formatted(name, type.getTypeName(), SUPPORTED));
        }
        for (Class<?> one : records) {
            if (!Modifier.isPublic(one.getModifiers())) {
                throw new IllegalArgumentException(
                        "%s returns a record %s that is not public, so that it cannot be read; make it public"
                                .formatted(name, one.getName()));
            }
        }
    }

    /**
     * Whether it is one of those types, or made of them.
     *
     * @param records gets all that are met; one of them may hold others like itself
     */
    private static boolean isSupported(Type type, Set<Class<?>> records) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class && isSupported(generic.getActualTypeArguments()[0], records);
        }
        if (!(type instanceof Class<?> plain)) {
            return false;
        }
        if (plain.isRecord()) {
            return !records.add(plain)
                    || Arrays.stream(plain.getRecordComponents())
                            .allMatch(component -> isSupported(component.getGenericType(), records));
        }
        return PLAIN.contains(plain) || plain.isEnum();
    }

    /** Whether its code could still change it after the call has returned it. */
    static boolean canChange(@Nullable Object result) {
        return !(result == null
                || result instanceof String
                || result instanceof Number
                || result instanceof Boolean
                || result instanceof Character
                || result instanceof Enum<?>
                || result instanceof Path);
    }

    /**
     * The bytes of a result.
     *
     * @throws IllegalArgumentException for an object that is of none of the types that can cross
     */
    static byte[] bytes(@Nullable Object result) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(result instanceof byte[] octets ? HEADER_BYTES + octets.length : 32);
        try {
            write(result, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(@Nullable Object result, DataOutput out) throws IOException {
        switch (result) {
            case null -> out.writeByte('0');
            case String text -> text('s', text, out);
            case byte[] octets -> {
                out.writeByte('b');
                out.writeInt(octets.length);
                out.write(octets);
            }
            case Path path -> text('p', path.toString(), out);
            case Enum<?> constant -> text('e', constant.name(), out);
            case Number number -> text('n', number.toString(), out);
            case Boolean flag -> text('n', flag.toString(), out);
            case Character character -> text('n', character.toString(), out);
            case List<?> list -> {
                out.writeByte('l');
                out.writeInt(list.size());
                for (Object one : list) {
                    write(one, out);
                }
            }
            case Record fields -> {
                out.writeByte('r');
                for (RecordComponent component : fields.getClass().getRecordComponents()) {
                    write(field(component, fields), out);
                }
            }
            default ->
                throw new IllegalArgumentException("a result is a %s, which cannot cross"
                        .formatted(result.getClass().getName()));
        }
    }

    private static void text(char type, String text, DataOutput out) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte(type);
        out.writeInt(octets.length);
        out.write(octets);
    }

    private static @Nullable Object field(RecordComponent component, Record fields) {
        try {
            return component.getAccessor().invoke(fields);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "component '%s' cannot be read".formatted(component.getName()), e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "component '%s' cannot be read: %s".formatted(component.getName(), e), e);
        }
    }

    /** What stands in the bytes, for a message: text as it is, whatever else as its size. */
    static String inWords(byte[] bytes) {
        if (bytes.length > HEADER_BYTES && "spen".indexOf(bytes[0]) >= 0) {
            return "'" + shortened(new String(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, StandardCharsets.UTF_8))
                    + "'";
        }
        return bytes.length == 1 && bytes[0] == '0' ? "null" : "of %d bytes".formatted(bytes.length);
    }

    /** Text of somebody else's for a message: one line, not too long. */
    static String shortened(String text) {
        String line = text.replaceAll("[\\p{Cntrl}]", " ");
        return line.length() <= LONGEST_IN_MESSAGE ? line : line.substring(0, LONGEST_IN_MESSAGE) + "…";
    }
}
