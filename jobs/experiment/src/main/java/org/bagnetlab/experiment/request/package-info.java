/** Reads JSON requests field by field, and names invalid fields. */
@NullMarked
package org.bagnetlab.experiment.request;

import org.jspecify.annotations.NullMarked;
