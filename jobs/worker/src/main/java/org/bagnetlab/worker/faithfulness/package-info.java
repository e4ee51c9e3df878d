/** Measuring how well saliency maps say what a prediction depends on. */
@NullMarked
package org.bagnetlab.worker.faithfulness;

import org.jspecify.annotations.NullMarked;
