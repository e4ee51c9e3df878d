/** The SQL of what people say of jobs. */
@NullMarked
package org.bagnetlab.storage.annotation;

import org.jspecify.annotations.NullMarked;
