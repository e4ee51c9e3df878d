/** Measures whether evidence lies where it should, on images whose construction is known. */
@NullMarked
package org.bagnetlab.experiment.localisation;

import org.jspecify.annotations.NullMarked;
