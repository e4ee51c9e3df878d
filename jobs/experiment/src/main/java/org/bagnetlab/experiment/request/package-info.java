/** Reads JSON requests field by field, and names the field that is wrong. */
@NullMarked
package org.bagnetlab.experiment.request;

import org.jspecify.annotations.NullMarked;
