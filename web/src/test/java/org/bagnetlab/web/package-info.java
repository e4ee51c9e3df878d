/** Tests of the dashboard's files as the server will serve them. */
@NullMarked
package org.bagnetlab.web;

import org.jspecify.annotations.NullMarked;
