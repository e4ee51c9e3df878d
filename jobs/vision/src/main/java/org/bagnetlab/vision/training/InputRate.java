package org.bagnetlab.vision.training;

import java.time.Duration;

/**
 * How fast a training input prepares images if its steps take no time.
 *
 * @param images number of images prepared while it was measured
 * @param seconds how long that took
 */
public record InputRate(long images, double seconds) {

  /**
   * Measures an input.
   *
   * @param warmUp time before the measurement, in which Java compiles code
   * @param duration minimum duration of the measurement
   * @throws java.io.UncheckedIOException if an image cannot be read
   */
  public static InputRate of(TrainingInput input, Duration warmUp, Duration duration) {
    var _ = run(input, warmUp);
    return run(input, duration);
  }

  private static InputRate run(TrainingInput input, Duration duration) {
    long start = System.nanoTime();
    long images = 0;
    do {
      images += input.next().count();
    } while (System.nanoTime() - start < duration.toNanos());
    return new InputRate(images, (System.nanoTime() - start) / 1e9);
  }

  /** Images per second. */
  public double perSecond() {
    return images / seconds;
  }
}
