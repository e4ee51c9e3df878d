package org.bagnetlab.vision.checkpoint;

import java.util.List;

/**
 * A tensor as a file holds it.
 *
 * @param shape PyTorch's
 * @param dtype PyTorch's name of the type it is stored in, for example {@code float16}
 * @param values row-major, as float32
 */
public record StoredTensor(List<Integer> shape, String dtype, float[] values) {}
