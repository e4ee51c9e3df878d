package org.bagnetlab.vision.architecture;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The square patch of the image that one position of a feature map sees.
 *
 * @param pixels side of the patch; empty if it is the whole image
 * @param stride distance in pixels between the patches of neighbouring positions
 * @param centre row and column of the centre of the first position's patch, in pixels from the
 *     middle of the image's first pixel
 */
record ReceptiveField(Optional<Integer> pixels, int stride, double centre) {

  /** The field of a pixel of the image, which sees only itself. */
  static final ReceptiveField PIXEL = new ReceptiveField(Optional.of(1), 1, 0);

  /** The field of each node's output, by name. */
  static Map<String, ReceptiveField> of(Architecture architecture) {
    Map<String, ReceptiveField> fields = new LinkedHashMap<>();
    for (Node node : architecture.nodes()) {
      ReceptiveField before =
          node.inputs().stream()
              .map(input -> Objects.requireNonNull(fields.get(input)))
              .reduce(PIXEL, ReceptiveField::larger);
      fields.put(node.name(), node.seesWholeMap() ? before.whole() : before.through(node.window()));
    }
    return fields;
  }

  /** The field after applying a window to a map with this field. */
  ReceptiveField through(Window window) {
    return new ReceptiveField(
        pixels.map(size -> size + (window.kernel() - 1) * stride),
        stride * window.stride(),
        centre + ((window.kernel() - 1) / 2.0 - window.padding()) * stride);
  }

  /** The field of a position that sees the whole map. */
  ReceptiveField whole() {
    return new ReceptiveField(Optional.empty(), stride, centre);
  }

  /** The larger of two fields that are combined in one position. */
  ReceptiveField larger(ReceptiveField other) {
    return size() > other.size() ? this : other;
  }

  private int size() {
    return pixels.orElse(Integer.MAX_VALUE);
  }
}
