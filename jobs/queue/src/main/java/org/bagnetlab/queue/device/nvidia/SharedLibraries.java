package org.bagnetlab.queue.device.nvidia;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The shared libraries of this machine.
 *
 * @param directories where the dynamic linker and the engine look for them
 */
public record SharedLibraries(List<Path> directories) {

  /**
   * Directories where CUDA's installers put their libraries. The engine itself searches them, too.
   */
  private static final List<String> CUDA =
      List.of("/usr/local/cuda/lib64", "/usr/local/cuda/targets/x86_64-linux/lib");

  private static final List<String> SYSTEM =
      List.of("/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib");

  private static final Path LINKER = Path.of("/etc/ld.so.conf.d");

  /** NVIDIA's packages that contain the parts of CUDA 13 that an engine needs. */
  private static final String PACKAGES = "cuda-libraries-13-0 libcudnn9-cuda-13 libnccl2";

  public SharedLibraries {
    directories = List.copyOf(directories);
  }

  /** The libraries of this machine and in {@code LD_LIBRARY_PATH}. */
  public static SharedLibraries of(Map<String, String> environment) {
    List<String> directories = new ArrayList<>();
    directories.addAll(
        Arrays.asList(environment.getOrDefault("LD_LIBRARY_PATH", "").split(File.pathSeparator)));
    directories.addAll(CUDA);
    directories.addAll(configured());
    directories.addAll(SYSTEM);
    return new SharedLibraries(
        directories.stream()
            .filter(name -> name.startsWith("/"))
            .map(Path::of)
            .distinct()
            .toList());
  }

  /**
   * The directories configured for the linker; packages add configuration files with their own
   * directories.
   */
  private static List<String> configured() {
    List<String> lines = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(LINKER, "*.conf")) {
      for (Path file : files) {
        lines.addAll(Files.readAllLines(file));
      }
    } catch (IOException e) {
      return lines; // without that directory, the linker has only the system's directories
    }
    return lines.stream().map(String::strip).toList();
  }

  /**
   * The missing libraries of CUDA 13, with the command that installs them; empty if none is
   * missing.
   */
  public Optional<String> missing(List<String> names) {
    List<String> missing = names.stream().filter(name -> !has(name)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s %s not found. With NVIDIA's package repository: sudo apt install %s"
                .formatted(
                    String.join(", ", missing), missing.size() == 1 ? "is" : "are", PACKAGES));
  }

  private boolean has(String name) {
    return directories.stream().map(directory -> directory.resolve(name)).anyMatch(Files::exists);
  }
}
