package org.concurrencybench.browser;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A headless Chromium with an empty profile of its own, driven over the DevTools protocol
 * (chromedevtools.github.io/devtools-protocol). Answers and events arrive on a thread of the JDK's client; a call waits for
 * its answer at most {@value #PATIENCE_SECONDS} seconds. Closing it ends all of its processes, by their handles.
 */
public final class Chromium implements AutoCloseable {

    /** Long, because others may have taken all cores. */
    static final long PATIENCE_SECONDS = 60;

    /** Why a test that needs one was skipped. */
    public static final String MISSING =
            "no Chromium on the PATH, so nobody looked at the page: install the package chromium";

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    private final JsonMapper json = JsonMapper.builder().build();
    private final Path profile;
    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> unanswered = new ConcurrentHashMap<>();
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();

    private Chromium(Path profile, Process process, URI address)
            throws IOException, InterruptedException, TimeoutException {
        this.profile = profile;
        this.process = process;
        this.socket = await(client.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .buildAsync(address, new Incoming()));
    }

    /** The browser of this machine, where there is one on the {@code PATH}. */
    public static Optional<Path> find() {
        String path = System.getenv().getOrDefault("PATH", "");
        return NAMES.stream()
                .flatMap(name -> Stream.of(path.split(File.pathSeparator, -1))
                        .filter(directory -> !directory.isEmpty())
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it.
     *
     * @param directory in which it may make one for its profile
     */
    public static Chromium start(Path executable, Path directory)
            throws IOException, InterruptedException, TimeoutException {
        Path profile = Files.createTempDirectory(directory, "chromium-");
        ProcessBuilder builder = new ProcessBuilder(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--disable-sync",
                "--disable-extensions",
                "--disable-component-update",
                "--disable-background-networking",
                "--no-first-run",
                "--no-default-browser-check",
                "--hide-scrollbars",
                "--force-color-profile=srgb",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank");
        builder.environment().put("HOME", profile.toString());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        try {
            return new Chromium(profile, process, address(process));
        } catch (IOException | InterruptedException | TimeoutException | RuntimeException e) {
            end(process, profile);
            throw e;
        }
    }

    /** Its first page, with what it fetches, logs and throws reported as events. */
    public Tab tab() throws IOException, InterruptedException, TimeoutException {
        for (JsonNode target : call("", "Target.getTargets", Map.of()).path("targetInfos")) {
            if (target.path("type").asString("").equals("page")) {
                String id = target.path("targetId").asString();
                String session = call("", "Target.attachToTarget", Map.of("targetId", id, "flatten", true))
                        .path("sessionId")
                        .asString();
                return new Tab(this, session);
            }
        }
        throw new IOException("Chromium opened no page");
    }

    /** Ends it; what it was about to do is of no interest any more. */
    @Override
    public void close() throws IOException {
        socket.abort();
        client.shutdownNow();
        end(process, profile);
    }

    /** The result of a command. */
    JsonNode call(String session, String method, Map<String, ?> parameters)
            throws IOException, InterruptedException, TimeoutException {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        unanswered.put(id, answer);
        Map<String, Object> message = new LinkedHashMap<>(Map.of("id", id, "method", method, "params", parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        await(socket.sendText(json.writeValueAsString(message), true));
        JsonNode answered = await(answer);
        if (answered.has("error")) {
            throw new IOException(method + ": " + answered.path("error"));
        }
        return answered.path("result");
    }

    /** Waits for an event of this name; those that come before it go to {@code seen}, and so does it. */
    void awaitEvent(String method, List<JsonNode> seen) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            JsonNode event = events.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new TimeoutException("no " + method + " within " + PATIENCE_SECONDS + " s");
            }
            seen.add(event);
            if (event.path("method").asString("").equals(method)) {
                return;
            }
        }
    }

    /** Everything that has happened and that nobody has asked for yet. */
    List<JsonNode> drainEvents() {
        List<JsonNode> drained = new ArrayList<>();
        events.drainTo(drained);
        return drained;
    }

    private <T> T await(CompletionStage<T> stage) throws IOException, InterruptedException, TimeoutException {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("Chromium's end of the line: " + e.getCause(), e);
        }
    }

    /** It says on stderr where it listens. A thread goes on reading, so that it never waits for us. */
    private static URI address(Process process) throws IOException, InterruptedException, TimeoutException {
        CompletableFuture<URI> found = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            StringBuilder said = new StringBuilder();
            try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (line.startsWith("DevTools listening on ")) {
                        found.complete(URI.create(line.substring("DevTools listening on ".length())
                                .strip()));
                    } else if (!found.isDone()) {
                        said.append(line).append('\n');
                    }
                }
            } catch (IOException e) {
                said.append(e);
            }
            found.completeExceptionally(new IOException("Chromium did not start:\n" + said));
        });
        try {
            return found.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static void end(Process process, Path profile) throws IOException {
        // The children first in the list, because they are nobody's descendants once their parent is gone.
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        family.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle member : family) {
            try {
                member.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException _) {
                // Its files are removed as far as they let us.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Puts messages together and hands each to whom it belongs. */
    private final class Incoming implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JsonNode message = json.readTree(text.toString());
                text.setLength(0);
                CompletableFuture<JsonNode> waiting =
                        message.has("id") ? unanswered.remove(message.path("id").asInt()) : null;
                if (waiting != null) {
                    waiting.complete(message);
                } else {
                    events.add(message);
                }
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            unanswered.values().forEach(waiting -> waiting.completeExceptionally(error));
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            onError(from, new IOException("closed: " + code + " " + reason));
            return CompletableFuture.completedStage(null);
        }
    }
}
