package org.bagnetlab.server.endtoend;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.bagnetlab.queue.device.GpuEngine;

/**
 * Two GPUs that do not exist: a script that plays nvidia-smi, empty files in place of CUDA's
 * libraries, and {@link SimulatedWorker}s that use memory as numbers in files.
 */
final class SimulatedGpus {

  static final List<String> UUIDS =
      List.of(
          "GPU-0a1b2c3d-0000-4000-8000-000000000000", "GPU-0a1b2c3d-0000-4000-8000-000000000001");

  /** Memory of each GPU in MiB. */
  static final long MEMORY = 24_576;

  /** What CUDA itself uses of a GPU for each process, in MiB. */
  private static final long CONTEXT = 400;

  /** What a process can allocate, in MiB, if it has a GPU for itself. */
  static final long MOST_OF_A_PROCESS = MEMORY - CONTEXT;

  private static final String VARIABLE = "BAGNETLAB_SIMULATED_GPUS";

  /** How the driver behaves. */
  enum Driver {
    WORKS,
    HANGS,
    HAS_LOST_THE_SECOND_GPU
  }

  private final Path directory;

  SimulatedGpus(Path directory) throws IOException {
    this.directory = directory;
    Path libraries = Files.createDirectories(directory.resolve("libraries"));
    for (String name : GpuEngine.TORCH.libraries()) {
      Files.createFile(libraries.resolve(name));
    }
    Path script = Files.writeString(directory.resolve("nvidia-smi"), script());
    if (!script.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + script);
    }
    set(Driver.WORKS);
  }

  void set(Driver driver) throws IOException {
    Path next = Files.writeString(directory.resolve("driver.new"), driver.name());
    Files.move(next, directory.resolve("driver"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Adds up the memory of the processes that exist. */
  private String script() {
    return """
        #!/bin/bash
        cd '%s'
        case $(<driver) in
          HANGS) exec sleep 60 ;;
          HAS_LOST_THE_SECOND_GPU) gpus='%s' ;;
          *) gpus='%s %s' ;;
        esac
        index=0
        for uuid in $gpus; do
          used=1 processes=0
          for file in memory/$uuid/*; do
            pid=${file##*/}
            if [[ -f $file && -d /proc/$pid ]]; then
              used=$((used + %d + $(<$file))) processes=$((processes + 1))
            fi
          done
          echo "$index, $uuid, 580.65.06, %d, $used, $((%d - used)), $((processes > 0 ? 90 : 0)), 50, $((30 + 50 * processes)).0, Disabled, 9.0, Simulated GPU"
          index=$((index + 1))
        done
        """
        .formatted(directory, UUIDS.get(0), UUIDS.get(0), UUIDS.get(1), CONTEXT, MEMORY, MEMORY);
  }

  /** Environment variables of a server with these GPUs. */
  Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    variables.put("BAGNETLAB_NVIDIA_SMI", directory.resolve("nvidia-smi").toString());
    variables.put("LD_LIBRARY_PATH", directory.resolve("libraries").toString());
    variables.put(VARIABLE, directory.toString());
    return variables;
  }

  /** The file with the memory in MiB that a worker uses. */
  static Path memoryOf(Map<String, String> environment, long pid) {
    return Path.of(environment.get(VARIABLE))
        .resolve("memory")
        .resolve(environment.getOrDefault("CUDA_VISIBLE_DEVICES", "none"))
        .resolve(String.valueOf(pid));
  }

  /** The memory of a GPU in MiB that processes use which exist. */
  long used(String uuid) throws IOException {
    long used = 0;
    for (Path file : files(directory.resolve("memory").resolve(uuid))) {
      Optional<ProcessHandle> process =
          ProcessHandle.of(Long.parseLong(file.getFileName().toString()));
      String text = Files.readString(file).strip();
      if (process.isPresent() && !text.isEmpty()) {
        used += CONTEXT + Long.parseLong(text);
      }
    }
    return used;
  }

  /** The processes on a GPU. */
  List<ProcessHandle> processes(String uuid) throws IOException {
    List<ProcessHandle> processes = new ArrayList<>();
    for (Path file : files(directory.resolve("memory").resolve(uuid))) {
      ProcessHandle.of(Long.parseLong(file.getFileName().toString())).ifPresent(processes::add);
    }
    return processes;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** The built application, whose workers on GPUs are simulated. */
  Path application() throws IOException {
    Path application = Path.of("target", "application-with-simulated-gpus").toAbsolutePath();
    link(Application.built().resolve("server"), application.resolve("server"));
    link(Application.built().resolve("worker-cpu"), application.resolve("worker-cpu"));
    Path worker = application.resolve("worker-torch-cuda");
    link(Application.built().resolve("worker-cpu"), worker);
    for (Path jar : files(worker)) {
      if (jar.getFileName().toString().startsWith("bagnetlab-worker")) {
        Files.delete(jar);
      }
    }
    write(worker.resolve("simulated-worker.jar"));
    return application;
  }

  /** Makes a directory with links to the files of another one. */
  private static void link(Path built, Path target) throws IOException {
    Files.createDirectories(target);
    for (Path former : files(target)) {
      Files.delete(former); // of an earlier build
    }
    for (Path jar : files(built)) {
      Files.createSymbolicLink(target.resolve(jar.getFileName()), jar.toRealPath());
    }
  }

  /** A jar with the simulated worker, under the name of the class that servers start. */
  private void write(Path jar) throws IOException {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    Path source =
        Files.writeString(
            directory.resolve("Main.java"),
            """
            package org.bagnetlab.worker;
            public final class Main {
              public static void main(String[] arguments) throws Exception {
                org.bagnetlab.server.endtoend.SimulatedWorker.main(arguments);
              }
            }
            """);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    if (status != 0) {
      throw new IOException("the worker's class could not be compiled");
    }
    Path tests = Path.of("target", "test-classes");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      add(out, classes, "org/bagnetlab/worker/Main.class");
      for (String name : List.of("SimulatedWorker", "SimulatedGpus", "SimulatedGpus$Driver")) {
        add(out, tests, "org/bagnetlab/server/endtoend/%s.class".formatted(name));
      }
    }
  }

  private static void add(JarOutputStream out, Path classes, String name) throws IOException {
    out.putNextEntry(new JarEntry(name));
    Files.copy(classes.resolve(name), out);
  }
}
