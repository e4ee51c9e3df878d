package org.bagnetlab.queue.device.nvidia;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NVIDIA's version number of a GPU's instruction set, which decides whether the engine's machine
 * code runs on it.
 */
public record ComputeCapability(int major, int minor) implements Comparable<ComputeCapability> {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})");

  private static final Comparator<ComputeCapability> ORDER =
      Comparator.comparingInt(ComputeCapability::major).thenComparingInt(ComputeCapability::minor);

  private static final ComputeCapability OLDEST = new ComputeCapability(3, 7);

  /**
   * The engine's machine code ends at 8.6. NVIDIA's rule is that a GPU also runs code for a lower
   * minor version of its major one, which lets 8.9 in; untested with this engine.
   */
  private static final ComputeCapability NEWEST = new ComputeCapability(8, 9);

  /** Reads the form {@code 8.6}; empty if the text has another one. */
  public static Optional<ComputeCapability> parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(
            new ComputeCapability(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /**
   * Why the engine cannot run on such a GPU, as a sentence; empty if it can. The engine's CUDA
   * build is ND4J 1.0.0-M2.1's for CUDA 11.6.
   */
  public Optional<String> refusal() {
    if (compareTo(OLDEST) < 0) {
      return Optional.of(refusal("old"));
    }
    return compareTo(NEWEST) > 0 ? Optional.of(refusal("new")) : Optional.empty();
  }

  private String refusal(String age) {
    return "Its compute capability %s is too %s: the engine, built with CUDA 11.6, runs on %s to %s."
        .formatted(this, age, OLDEST, NEWEST);
  }

  @Override
  public int compareTo(ComputeCapability other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
