/** Measures effective receptive fields. */
@NullMarked
package org.bagnetlab.worker.effectivefield;

import org.jspecify.annotations.NullMarked;
