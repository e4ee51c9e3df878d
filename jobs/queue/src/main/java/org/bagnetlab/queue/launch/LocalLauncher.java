package org.bagnetlab.queue.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bagnetlab.queue.device.DeviceSlot;
import org.bagnetlab.queue.device.nvidia.SharedLibraries;

/**
 * Starts workers on this machine, from the class path {@code worker-BACKEND} of the application
 * directory.
 *
 * @param application the application directory
 * @param memory memory of the machine in bytes, shared by its slots; empty if Java is to detect it
 * @param options additional Java options
 * @param startsAhead whether workers may be started before their jobs are known
 */
public record LocalLauncher(
    Path application, OptionalLong memory, List<String> options, boolean startsAhead)
    implements WorkerLauncher {

  /** System property that names the application directory. */
  public static final String APPLICATION = "bagnetlab.app";

  private static final String CLASS_PATH = "worker-";

  /** Class data sharing archive of a class path; see scripts/archive-classes. */
  private static final String ARCHIVE = "classes.jsa";

  /** Threads that spin while waiting take CPU time from the executor's own threads. */
  private static final Map<String, String> ND4J = Map.of("OMP_WAIT_POLICY", "passive");

  /**
   * libtorch's threads may spin, unlike ND4J's: no other threads need the CPU time, and libtorch is
   * a fifth slower if its threads sleep. It frees the feature maps of each step. By default glibc
   * returns that memory to the system, which clears every page before the next step: an eighth of a
   * ResNet-50's time at 64 px. Maps above 32 MiB, glibc's limit for the first of these settings, do
   * not benefit.
   */
  private static final Map<String, String> LIBTORCH =
      Map.of(
          "MALLOC_MMAP_THRESHOLD_", Integer.toString(32 << 20),
          "MALLOC_TRIM_THRESHOLD_", Long.toString(2L << 30));

  /**
   * JavaCPP loads native libraries and uses Unsafe. Without these options Java writes warnings
   * about that to every log. The property replaces {@code --sun-misc-unsafe-memory-access}: a Java
   * version without that option would not start.
   */
  private static final List<String> NATIVES =
      List.of("--enable-native-access=ALL-UNNAMED", "-Dsun.misc.unsafe.memory.access=allow");

  /** The CPU engine's fast loops need this module, which is not resolved by default. */
  private static final String VECTORS = "jdk.incubator.vector";

  /**
   * Java does not touch these signals if they are ignored when it starts. The lower priority keeps
   * the server responsive on the same CPUs while workers compute.
   */
  private static final String IN_THE_BACKGROUND = "trap '' HUP INT TERM; exec nice -n 5 \"$@\"";

  /**
   * The shares of a slot's memory for the heap (images), for the engine's arrays, and for the whole
   * process.
   */
  private static final double HEAP = 0.2;

  private static final double ARRAYS = 0.7;

  private static final double PROCESS = 0.8;

  private static final long SMALLEST_HEAP_MIB = 1024;

  /**
   * Bytes that must be available for a worker that has no job yet: several times what it needs with
   * ND4J.
   */
  private static final long BEFORE_ITS_JOB = 512L << 20;

  /** A launcher for a machine with this many bytes of memory. */
  public LocalLauncher(Path application, long memory) {
    this(application, OptionalLong.of(memory), List.of(), false);
  }

  /**
   * A launcher for the application that this server belongs to.
   *
   * @throws IllegalStateException if the system property is not set
   */
  public static LocalLauncher ofThisApplication() {
    return new LocalLauncher(thisApplication(), MachineMemory.total());
  }

  /**
   * A launcher for this application on other machines, of which only the paths are known.
   *
   * @param memory memory of a worker in bytes; empty if Java is to detect it
   * @throws IllegalStateException if the system property is not set
   */
  public static LocalLauncher ofThisApplicationElsewhere(OptionalLong memory) {
    return new LocalLauncher(thisApplication(), memory, List.of(), false);
  }

  /** A copy with more Java options. */
  public LocalLauncher with(List<String> further) {
    return new LocalLauncher(application, memory, further, startsAhead);
  }

  /** A copy that starts workers before their jobs are known, or does not. */
  public LocalLauncher startingAhead(boolean ahead) {
    return new LocalLauncher(application, memory, options, ahead);
  }

  private static Path thisApplication() {
    String application = System.getProperty(APPLICATION);
    if (application == null) {
      throw new IllegalStateException(
          "The system property %s must name the application directory.".formatted(APPLICATION));
    }
    return Path.of(application).toAbsolutePath();
  }

  /** The backends for which the application has a class path. */
  public Set<String> backends() {
    try (DirectoryStream<Path> directories =
        Files.newDirectoryStream(application, CLASS_PATH + "*")) {
      Set<String> backends = new HashSet<>();
      directories.forEach(
          directory ->
              backends.add(directory.getFileName().toString().substring(CLASS_PATH.length())));
      return backends;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shared libraries of this machine and in the jars of the class paths. */
  public SharedLibraries libraries(Map<String, String> environment) {
    SharedLibraries libraries = SharedLibraries.of(environment);
    for (String backend : backends()) {
      libraries = libraries.withJars(backend, classPath(backend));
    }
    return libraries;
  }

  private Path classPath(String backend) {
    return application.resolve(CLASS_PATH + backend);
  }

  /**
   * The engine's arrays lie outside the heap, so the heap is small. By default they are limited to
   * the size of the heap; near the machine's limit the engine ends the process instead of throwing.
   * A GPU's own memory is not counted: its worker gets as much of the machine's memory as others.
   */
  private List<String> bounds(DeviceSlot slot) {
    if (memory.isEmpty()) {
      return relativeBounds();
    }
    long share = memory.getAsLong() / slot.sharing();
    return List.of(
        "-Xmx%dm".formatted(Math.max(SMALLEST_HEAP_MIB, (long) (HEAP * share) >> 20)),
        "-Dorg.bytedeco.javacpp.maxbytes=" + (long) (ARRAYS * share),
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=" + (long) (PROCESS * share));
  }

  /** The same limits as percentages of the heap, which is how the engine accepts them. */
  private static List<String> relativeBounds() {
    return List.of(
        "-XX:MaxRAMPercentage=%d".formatted(Math.round(100 * HEAP)),
        "-Dorg.bytedeco.javacpp.maxbytes=%d%%".formatted(Math.round(100 * ARRAYS / HEAP)),
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=%d%%".formatted(Math.round(100 * PROCESS / HEAP)));
  }

  /**
   * A worker ends on request, or when its stdin closes. A terminal or systemd may send the signals
   * that stop a server to its workers, too. They are ignored, because workers that reacted would
   * end without a checkpoint.
   */
  @Override
  public CommandLine commandLine(DeviceSlot slot, long job, Path directory) {
    return inTheBackground(commandLine(slot));
  }

  /**
   * The same command line as for a job, because it does not depend on the job. Empty unless another
   * process fits both into the part of the slot's memory that its worker may not use and into the
   * memory that is available now.
   */
  @Override
  public Optional<CommandLine> ahead(DeviceSlot slot) {
    return startsAhead && unused(slot) >= BEFORE_ITS_JOB
        ? Optional.of(inTheBackground(commandLine(slot)))
        : Optional.empty();
  }

  private long unused(DeviceSlot slot) {
    double slots = slot.sharing();
    double left = (1 - PROCESS) * (memory.orElse(0) / slots);
    return Math.min((long) left, MachineMemory.available());
  }

  private static CommandLine inTheBackground(CommandLine worker) {
    List<String> arguments = new ArrayList<>(List.of("sh", "-c", IN_THE_BACKGROUND, "sh"));
    arguments.addAll(worker.arguments());
    return new CommandLine(arguments, worker.environment());
  }

  @Override
  public CommandLine commandLine(DeviceSlot slot) {
    List<String> arguments = new ArrayList<>();
    arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    arguments.addAll(bounds(slot));
    Path archive = classPath(slot.backend()).resolve(ARCHIVE);
    if (Files.exists(archive)) {
      arguments.add("-XX:SharedArchiveFile=" + archive);
      // Java ignores an archive of another version. Its message about that is suppressed in a job's
      // log.
      arguments.addAll(List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
    }
    arguments.addAll(NATIVES);
    if (ModuleFinder.ofSystem().find(VECTORS).isPresent()) {
      arguments.add("--add-modules=" + VECTORS);
    }
    // Our own kernels use as many threads as Java reports CPUs.
    arguments.add("-XX:ActiveProcessorCount=" + slot.threads());
    arguments.add("-Djava.awt.headless=true");
    arguments.addAll(options);
    arguments.add("-cp");
    arguments.add(classPath(slot.backend()).resolve("*").toString());
    arguments.add("org.bagnetlab.worker.Main");
    Map<String, String> environment = new HashMap<>(slot.libtorch() ? LIBTORCH : ND4J);
    environment.put("OMP_NUM_THREADS", Integer.toString(slot.threads()));
    environment.putAll(slot.environment());
    return new CommandLine(arguments, environment);
  }
}
