/** How well saliency maps say what a prediction depends on. */
@NullMarked
package org.bagnetlab.experiment.faithfulness;

import org.jspecify.annotations.NullMarked;
