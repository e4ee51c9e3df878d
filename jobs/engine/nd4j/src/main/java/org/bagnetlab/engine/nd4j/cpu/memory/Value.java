package org.bagnetlab.engine.nd4j.cpu.memory;

import java.util.Objects;
import org.bagnetlab.vision.architecture.Shape;
import org.jspecify.annotations.Nullable;

/** The feature maps of a batch at one place of a program, or their gradients. */
public final class Value {

  private final String name;
  private final int images;
  private final Shape shape;
  private MemoryBlock storage;
  private @Nullable Value container;
  private @Nullable FeatureMap map;
  private boolean elsewhere;

  public Value(String name, int images, Shape shape) {
    this.name = name;
    this.images = images;
    this.shape = shape;
    this.storage = new MemoryBlock(name, images * shape.elements());
  }

  public String name() {
    return name;
  }

  public int images() {
    return images;
  }

  public Shape shape() {
    return shape;
  }

  public int channels() {
    return shape.channels();
  }

  public int positions() {
    return images * shape.height() * shape.width();
  }

  public boolean contained() {
    return container != null;
  }

  /** One that another program computes; it must be {@link #attach}ed before each binding. */
  public static Value elsewhere(String name, int images, Shape shape) {
    Value value = new Value(name, images, shape);
    value.elsewhere = true;
    return value;
  }

  public boolean isElsewhere() {
    return elsewhere;
  }

  /** Says where a value of another program lies. */
  public void attach(FeatureMap where) {
    map = where;
  }

  /** From now on lies in the first channels of another value. */
  public void liesIn(Value other) {
    container = other;
  }

  /** From now on lies where another value of the same shape lay, whose end is this one's begin. */
  public void replaces(Value other) {
    if (!other.shape.equals(shape)) {
      throw new IllegalArgumentException(name + " does not have the shape of " + other.name);
    }
    storage = other.storage;
    container = other.container;
  }

  public MemoryBlock storage() {
    return container == null ? storage : container.storage();
  }

  /** Finds its memory, after the plan was made. */
  public FeatureMap bind(Arena arena) {
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
  public FeatureMap map() {
    return Objects.requireNonNull(map, name);
  }
}
