package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How image files become a network's inputs. It came together with a better scheme of scrambling,
 * so it also says which of the two a run has: whenever it is measured again, tiles are permuted as
 * they were at the end of its training.
 */
public enum Preparation {
  /**
   * Resized in floating point, as in all runs before there was a choice; scrambled by the scheme of
   * these runs, whose permutations of images with similar names resemble each other.
   */
  FLOATING_POINT(
      "floating-point", "within a gray level of Pillow, and scrambled as in earlier versions"),
  /** Resized as Pillow does; scrambled by independent permutations. */
  PILLOW("pillow", "equal to Pillow's bilinear filter");

  private final String text;
  private final String meaning;

  Preparation(String text, String meaning) {
    this.text = text;
    this.meaning = meaning;
  }

  /** Its name in requests. */
  @JsonValue
  public String text() {
    return text;
  }

  /** What it is, for forms. */
  public String label() {
    return "%s: %s".formatted(text, meaning);
  }
}
