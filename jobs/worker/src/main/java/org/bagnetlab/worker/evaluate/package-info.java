/** Measures a trained network again. */
@NullMarked
package org.bagnetlab.worker.evaluate;

import org.jspecify.annotations.NullMarked;
