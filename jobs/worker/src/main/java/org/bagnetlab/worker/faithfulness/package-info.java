/** Measures how well saliency maps show what a prediction depends on. */
@NullMarked
package org.bagnetlab.worker.faithfulness;

import org.jspecify.annotations.NullMarked;
