/** Weights on disk: safetensors files, written so that a crash leaves the old one or the new. */
@NullMarked
package org.bagnetlab.vision.checkpoint;

import org.jspecify.annotations.NullMarked;
