package org.bagnetlab.vision.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.bagnetlab.vision.staging.Unprintable;

/**
 * The content of a checkpoint file of any format, before it is matched to a network.
 *
 * @param format the file format
 * @param metadata strings and numbers stored besides the tensors, for example the epoch
 * @param tensors tensors by their names in the file, in the file's order
 */
public record CheckpointFile(
    Format format, Map<String, String> metadata, Map<String, StoredTensor> tensors) {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_MESSAGE = 600;

  private static final Pattern UNPRINTABLE = Pattern.compile("[" + Unprintable.CHARACTERS + "]");

  /** The readable formats. */
  public enum Format {
    /** PyTorch since 1.6. */
    TORCH_ZIP("torch-zip"),
    /** PyTorch before 1.6. */
    TORCH_LEGACY("torch-legacy"),
    /** Safetensors written by other programs. */
    SAFETENSORS("safetensors"),
    /** Safetensors written by this project: {@link Checkpoint}. */
    BAGNETLAB("bagnetlab");

    private final String label;

    Format(String label) {
      this.label = label;
    }

    /** The name in results. */
    public String label() {
      return label;
    }
  }

  /**
   * Reads a file. No code in the file is executed, and never more memory is allocated than the file
   * has data for.
   *
   * @throws IOException if it is damaged, rejected or has an unknown format; the message is one
   *     line that names the file and the invalid tensor, byte or name
   */
  public static CheckpointFile read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("There is no file %s.".formatted(file));
    }
    try {
      CheckpointFile read = readAs(FileSignature.of(file), file);
      if (read.tensors().isEmpty()) {
        throw new IOException("it contains no model tensors.");
      }
      refuseOddNames(read.tensors().keySet());
      return read;
    } catch (IOException e) {
      throw new IOException(
          "%s: %s"
              .formatted(
                  file.getFileName(), printable(String.valueOf(e.getMessage()), LONGEST_MESSAGE)),
          e);
    }
  }

  /** Rejects names that cannot be displayed on one line of a terminal. */
  private static void refuseOddNames(Set<String> names) throws IOException {
    for (String name : names) {
      if (!name.equals(printable(name, LONGEST_NAME))) {
        throw new IOException(
            "the name of tensor %s is too long or not printable.".formatted(name));
      }
    }
  }

  /** Escapes text from a file for display on one line of a terminal. */
  static String printable(String text, int longest) {
    int end = Math.min(text.length(), longest);
    return UNPRINTABLE.matcher(text.substring(0, end)).replaceAll("?");
  }

  private static CheckpointFile readAs(FileSignature signature, Path file) throws IOException {
    return switch (signature) {
      case ZIP -> TorchZip.read(file);
      case PICKLE -> TorchLegacy.read(file);
      case SAFETENSORS -> safetensors(SafetensorsReader.read(file));
      case TAR ->
          throw new IOException(
              "it is a tar file, PyTorch's format of 2016: load it in PyTorch and save it again.");
      case EMPTY -> throw new IOException("the file is empty: it has 0 bytes.");
      case UNKNOWN -> throw new IOException("it is neither a PyTorch nor a safetensors file.");
    };
  }

  private static CheckpointFile safetensors(Safetensors file) {
    return Checkpoint.isOurs(file)
        ? new CheckpointFile(Format.BAGNETLAB, file.metadata(), Checkpoint.ofTheNetwork(file))
        : new CheckpointFile(Format.SAFETENSORS, file.metadata(), file.tensors());
  }
}
