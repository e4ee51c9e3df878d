package org.bagnetlab.vision.heatmap;

import java.util.stream.IntStream;

/**
 * The colours of heatmaps, from the lowest value to the highest. They are centred at zero and
 * perceptually uniform: on each side, they lie on a straight line in Oklab (Ottosson, 2020) from
 * white to blue or red, and both ends have the same lightness. So equal differences of values look
 * equally large, and both signs look equally strong. Colour-blind readers can also distinguish blue
 * and red. The dashboard's colour module is generated from these colours.
 */
public final class DivergingColours {

  /** A colour with lightness in [0, 1], chroma, and hue in degrees. */
  private record Oklab(double lightness, double chroma, double hue) {

    double a() {
      return chroma * Math.cos(Math.toRadians(hue));
    }

    double b() {
      return chroma * Math.sin(Math.toRadians(hue));
    }
  }

  private static final Oklab WHITE = new Oklab(0.97, 0, 0);
  private static final Oklab BLUE = new Oklab(0.42, 0.15, 258);
  private static final Oklab RED = new Oklab(0.42, 0.15, 25);

  /** Number of colours on each side of zero. */
  private static final int STEPS = 127;

  private static final int[] ALL =
      IntStream.rangeClosed(-STEPS, STEPS)
          .map(step -> between(step < 0 ? BLUE : RED, (double) Math.abs(step) / STEPS))
          .toArray();

  private DivergingColours() {}

  /** All colours as 0xRRGGBB, from blue through white in the middle to red. */
  public static int[] all() {
    return ALL.clone();
  }

  /** The colour of a value as 0xRRGGBB; values are clamped to [-1, 1]. */
  static int of(double value) {
    return ALL[(int) Math.round((Math.max(-1, Math.min(1, value)) + 1) * STEPS)];
  }

  private static int between(Oklab end, double share) {
    return rgb(
        WHITE.lightness() + (end.lightness() - WHITE.lightness()) * share,
        WHITE.a() + (end.a() - WHITE.a()) * share,
        WHITE.b() + (end.b() - WHITE.b()) * share);
  }

  private static int rgb(double lightness, double a, double b) {
    double l = Math.pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
    double m = Math.pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
    double s = Math.pow(lightness - 0.0894841775 * a - 1.291485548 * b, 3);
    return (encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) << 16)
        | (encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) << 8)
        | encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  }

  /** Encodes a channel as sRGB, in [0, 255]. */
  private static int encoded(double linear) {
    double value = Math.max(0, Math.min(1, linear));
    double shown = value <= 0.0031308 ? 12.92 * value : 1.055 * Math.pow(value, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * shown);
  }
}
