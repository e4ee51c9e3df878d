/** The rules for how long files of ended jobs are kept, and their removal. */
package org.bagnetlab.server.retention;
