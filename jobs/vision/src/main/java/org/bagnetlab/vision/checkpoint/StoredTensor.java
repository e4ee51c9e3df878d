package org.bagnetlab.vision.checkpoint;

import java.util.List;

/**
 * A tensor as stored in a file.
 *
 * @param shape shape in PyTorch
 * @param dtype PyTorch's name of the stored type, for example {@code float16}
 * @param values values in row-major order, as float32
 */
public record StoredTensor(List<Integer> shape, String dtype, float[] values) {}
