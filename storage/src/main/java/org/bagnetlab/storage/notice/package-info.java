/** The SQL of what people are told through webhooks. */
@NullMarked
package org.bagnetlab.storage.notice;

import org.jspecify.annotations.NullMarked;
