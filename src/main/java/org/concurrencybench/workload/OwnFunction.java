package org.concurrencybench.workload;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/**
 * A user's own function: a public static method of one argument, named as in {@code com.acme.Thumbnails::make}.
 *
 * @param name as it was given
 * @param argument what it takes
 * @param handle takes and returns an object; null where the method is void
 */
record OwnFunction(String name, OwnArgument argument, MethodHandle handle) {

    private static final String SEPARATOR = "::";

    /**
     * Finds it, without running any of its class's code.
     *
     * @param name class and method
     * @param loader of its class
     * @throws IllegalArgumentException if there is no such function, or none that can be called; one line
     */
    static OwnFunction find(String name, ClassLoader loader) {
        String[] parts = name.split(SEPARATOR, -1);
        if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
            throw new IllegalArgumentException(
                    "function '%s' is not of the form com.acme.Thumbnails::make".formatted(name));
        }
        Method method = method(load(parts[0], loader), parts[1]);
        Class<?> type = method.getParameterTypes()[0];
        OwnArgument argument = OwnArgument.of(type)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s takes a %s; it may take %s".formatted(name, type.getTypeName(), OwnArgument.SUPPORTED)));
        OwnResult.check(method.getGenericReturnType(), name);
        return new OwnFunction(name, argument, handle(method, name));
    }

    private static Class<?> load(String className, ClassLoader loader) {
        try {
            // Not initialized: that is the function's own business, and its time.
            return Class.forName(className, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "no class '%s' on the class path; inner classes are spelt Outer$Inner".formatted(className), e);
        } catch (UnsupportedClassVersionError e) {
            throw new IllegalArgumentException(
                    "class '%s' was compiled for a newer JDK than this one (%s)"
                            .formatted(className, Runtime.version().feature()),
                    e);
        } catch (LinkageError e) {
            throw new IllegalArgumentException("class '%s' cannot be loaded: %s".formatted(className, e), e);
        }
    }

    private static Method method(Class<?> owner, String methodName) {
        List<Method> named;
        try {
            named = Arrays.stream(owner.getMethods())
                    .filter(method -> method.getName().equals(methodName) && !method.isBridge())
                    .toList();
        } catch (LinkageError e) {
            throw new IllegalArgumentException(
                    "class '%s' needs a class that is missing: %s".formatted(owner.getName(), e.getMessage()), e);
        }
        if (named.isEmpty()) {
            throw new IllegalArgumentException(
                    "class '%s' has no public method '%s'".formatted(owner.getName(), methodName));
        }
        List<Method> callable = named.stream()
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getParameterCount() == 1)
                .toList();
        if (callable.size() == 1 && Modifier.isPublic(owner.getModifiers())) {
            return callable.getFirst();
        }
        String reason;
        if (!Modifier.isPublic(owner.getModifiers())) {
            reason = "its class is not public";
        } else if (callable.size() > 1) {
            reason = "there are %d of that name with one argument".formatted(callable.size());
        } else if (named.stream().noneMatch(method -> Modifier.isStatic(method.getModifiers()))) {
            reason = "it is not static";
        } else {
            reason = "it does not take one argument";
        }
        throw new IllegalArgumentException(
                "%s::%s cannot be called: %s".formatted(owner.getName(), methodName, reason));
    }

    private static MethodHandle handle(Method method, String name) {
        try {
            return MethodHandles.publicLookup()
                    .unreflect(method)
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException("%s cannot be called: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Calls it with a value of its argument's type. */
    Object call(Object value) throws Throwable {
        return handle.invokeExact(value);
    }
}
