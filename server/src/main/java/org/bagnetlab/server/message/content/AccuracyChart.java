package org.bagnetlab.server.message.content;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.bagnetlab.vision.dataset.image.Png;

/**
 * Draws accuracies as bars, with a dot for each run, on a machine without a screen. The colors are
 * those of the dashboard in light mode.
 */
final class AccuracyChart {

  /** Width in pixels, which fits in a message on a phone and in a mail program. */
  static final int WIDTH = 600;

  private static final Color SURFACE = new Color(0xffffff);
  private static final Color INK = new Color(0x191d23);
  private static final Color INK_SOFT = new Color(0x48515c);
  private static final Color LINE = new Color(0xdddfda);
  private static final Color MEASURED = new Color(0x0d5372);
  private static final Color MEASURED_MID = new Color(0x6fa5bc);

  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private static final int MARGIN = 12;
  private static final int HEAD = 40;
  private static final int ROW = 24;
  private static final int BAR = 14;
  private static final int FOOT = 30;
  private static final int DOT = 7;

  /** Maximum space for names. */
  private static final int WIDEST_NAMES = 300;

  /** Space between names and bars. */
  private static final int GAP = 8;

  /** Space for the number at the end of a row. */
  private static final int NUMBERS = 48;

  /**
   * A row of the chart.
   *
   * @param name what it shows
   * @param values accuracies of runs, from 0 to 1
   */
  record Row(String name, List<Double> values) {

    double mean() {
      return values.stream().mapToDouble(value -> value).average().orElse(0);
    }
  }

  private final Graphics2D pen;
  private final int height;

  /** Where bars begin. */
  private final int zero;

  private AccuracyChart(Graphics2D pen, int height, List<Row> rows) {
    this.pen = pen;
    this.height = height;
    int widest =
        rows.stream()
            .mapToInt(row -> pen.getFontMetrics(TEXT).stringWidth(row.name()))
            .max()
            .orElse(0);
    this.zero = Math.min(MARGIN + widest + GAP, WIDEST_NAMES);
  }

  /**
   * The PNG file of a chart.
   *
   * @throws RuntimeException or a LinkageError or an InternalError if this machine has no fonts
   */
  static byte[] png(String title, List<Row> rows) {
    int height = HEAD + rows.size() * ROW + FOOT;
    BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    try {
      new AccuracyChart(pen, height, rows).draw(title, rows);
    } finally {
      pen.dispose();
    }
    return Png.of(image);
  }

  private void draw(String title, List<Row> rows) {
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setColor(SURFACE);
    pen.fillRect(0, 0, WIDTH, height);
    text(title, TITLE, INK, MARGIN, 24, WIDTH - 2 * MARGIN);
    axis();
    for (int i = 0; i < rows.size(); i++) {
      row(rows.get(i), HEAD + i * ROW);
    }
  }

  /** The lines at each fifth, with the accuracies below. */
  private void axis() {
    int bottom = height - FOOT;
    for (int fifth = 0; fifth <= 5; fifth++) {
      double x = at(fifth / 5.);
      pen.setColor(LINE);
      pen.setStroke(new BasicStroke(1));
      pen.draw(new Line2D.Double(x, HEAD, x, bottom));
      String label = percent(fifth / 5., 0) + " %";
      pen.setFont(TEXT);
      pen.setColor(INK_SOFT);
      float width = pen.getFontMetrics().stringWidth(label);
      pen.drawString(label, (float) x - width / 2, bottom + 16);
    }
  }

  private void row(Row row, int top) {
    int middle = top + ROW / 2;
    int baseline = middle + 4;
    text(row.name(), TEXT, INK, MARGIN, baseline, zero - MARGIN - GAP);
    pen.setColor(MEASURED_MID);
    double mean = row.mean();
    pen.fill(new Rectangle2D.Double(at(0), middle - BAR / 2., Math.max(1, at(mean) - at(0)), BAR));
    pen.setColor(MEASURED);
    if (row.values().size() > 1) {
      for (double value : row.values()) {
        pen.fill(new Ellipse2D.Double(at(value) - DOT / 2., middle - DOT / 2., DOT, DOT));
      }
    }
    text(percent(mean, 1), TEXT, INK, WIDTH - NUMBERS, baseline, NUMBERS);
  }

  /** The horizontal position of an accuracy. */
  private double at(double accuracy) {
    return zero + accuracy * (WIDTH - zero - NUMBERS - MARGIN);
  }

  private static String percent(double accuracy, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", 100 * accuracy);
  }

  /** Writes a text, shortened to fit. */
  private void text(String text, Font font, Color color, int left, int baseline, int room) {
    pen.setFont(font);
    pen.setColor(color);
    String shown = text;
    while (shown.length() > 1 && pen.getFontMetrics().stringWidth(shown) > room) {
      shown = shown.substring(0, shown.length() - (shown.endsWith("…") ? 2 : 1)).strip() + "…";
    }
    pen.drawString(shown, left, baseline);
  }
}
