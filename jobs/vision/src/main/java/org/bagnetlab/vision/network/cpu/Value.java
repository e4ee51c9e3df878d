package org.bagnetlab.vision.network.cpu;

import java.util.Objects;
import org.bagnetlab.vision.architecture.Shape;
import org.jspecify.annotations.Nullable;

/** The feature maps of a batch at one place of a program, or their gradients. */
final class Value {

  private final String name;
  private final int images;
  private final Shape shape;
  private Storage storage;
  private @Nullable Value container;
  private @Nullable FeatureMap map;
  private boolean elsewhere;

  Value(String name, int images, Shape shape) {
    this.name = name;
    this.images = images;
    this.shape = shape;
    this.storage = new Storage(name, images * shape.elements());
  }

  String name() {
    return name;
  }

  int images() {
    return images;
  }

  Shape shape() {
    return shape;
  }

  int channels() {
    return shape.channels();
  }

  int positions() {
    return images * shape.height() * shape.width();
  }

  boolean contained() {
    return container != null;
  }

  /** One that another program computes; it must be {@link #attach}ed before each binding. */
  static Value elsewhere(String name, int images, Shape shape) {
    Value value = new Value(name, images, shape);
    value.elsewhere = true;
    return value;
  }

  boolean isElsewhere() {
    return elsewhere;
  }

  /** Says where a value of another program lies. */
  void attach(FeatureMap where) {
    map = where;
  }

  /** From now on lies in the first channels of another value. */
  void liesIn(Value other) {
    container = other;
  }

  /** From now on lies where another value of the same shape lay, whose end is this one's begin. */
  void replaces(Value other) {
    if (!other.shape.equals(shape)) {
      throw new IllegalArgumentException(name + " is not of the shape of " + other.name);
    }
    storage = other.storage;
    container = other.container;
  }

  Storage storage() {
    return container == null ? storage : container.storage();
  }

  /** Finds its memory, after the plan was made. */
  FeatureMap bind(Arena arena) {
    if (map == null) {
      map =
          container == null
              ? FeatureMap.of(
                  arena.floats(storage.offset(), storage.size()),
                  images,
                  shape.height(),
                  shape.width(),
                  shape.channels())
              : container.bind(arena).first(shape.channels());
    }
    return map;
  }

  /** Where it lies. */
  FeatureMap map() {
    return Objects.requireNonNull(map, name);
  }
}
