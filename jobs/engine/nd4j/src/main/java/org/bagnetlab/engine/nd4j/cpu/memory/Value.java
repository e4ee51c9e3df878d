package org.bagnetlab.engine.nd4j.cpu.memory;

import java.util.Objects;
import org.bagnetlab.engine.nd4j.cpu.kernel.Matrix;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.bagnetlab.vision.architecture.Shape;
import org.jspecify.annotations.Nullable;

/** The feature maps of a batch at one point of a program, or their gradients. */
public final class Value {

  private final String name;
  private final int images;
  private final Shape shape;
  private final NumberType type;
  private MemoryBlock storage;
  private @Nullable Value container;
  private @Nullable FeatureMap map;
  private boolean elsewhere;

  /** Creates float32 feature maps. */
  public Value(String name, int images, Shape shape) {
    this(name, images, shape, NumberType.FLOAT32);
  }

  public Value(String name, int images, Shape shape, NumberType type) {
    this.name = name;
    this.images = images;
    this.shape = shape;
    this.type = type;
    this.storage = new MemoryBlock(name, type.floats(images * shape.elements()));
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

  /** How its numbers are stored. */
  public NumberType type() {
    return type;
  }

  public int channels() {
    return shape.channels();
  }

  public int positions() {
    return images * shape.height() * shape.width();
  }

  /** The size of its numbers. */
  long bytes() {
    return (long) positions() * channels() * type.bytes();
  }

  public boolean contained() {
    return container != null;
  }

  /**
   * Creates a value that another program computes; it must be {@link #attach}ed before each
   * binding.
   */
  public static Value elsewhere(String name, int images, Shape shape) {
    Value value = new Value(name, images, shape);
    value.elsewhere = true;
    return value;
  }

  public boolean isElsewhere() {
    return elsewhere;
  }

  /** Sets the memory of a value of another program. */
  public void attach(FeatureMap where) {
    map = where;
  }

  /** Places this value in the first channels of another value. */
  public void liesIn(Value other) {
    requireTypeOf(other);
    container = other;
  }

  /**
   * Places this value in the memory of another value with the same shape, whose use ends when that
   * of this value begins.
   */
  public void replaces(Value other) {
    if (!other.shape.equals(shape)) {
      throw new IllegalArgumentException(name + " does not have the shape of " + other.name);
    }
    requireTypeOf(other);
    storage = other.storage;
    container = other.container;
  }

  private void requireTypeOf(Value other) {
    if (other.type != type) {
      throw new IllegalArgumentException(name + " does not have the type of " + other.name);
    }
  }

  public MemoryBlock storage() {
    return container == null ? storage : container.storage();
  }

  /** Binds the value to its planned memory. */
  public FeatureMap bind(Arena arena) {
    if (map == null) {
      map =
          container == null
              ? FeatureMap.of(
                  arena.numbers(storage.offset(), images * shape.elements(), type),
                  images,
                  shape.height(),
                  shape.width(),
                  shape.channels())
              : container.bind(arena).first(shape.channels());
    }
    return map;
  }

  /** The memory of the value. */
  public FeatureMap map() {
    return Objects.requireNonNull(map, name);
  }

  /** The memory of the value as a matrix with a row for each position. */
  public Matrix matrix() {
    FeatureMap whole = map();
    if (!whole.gapless()) {
      throw new IllegalStateException(name + " is not contiguous");
    }
    return new Matrix(whole.memory(), 0, positions(), channels(), whole.pitch());
  }
}
