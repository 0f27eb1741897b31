"""The review desk: what waits for an editor, one claim or question at a time, and what was decided."""

from django.urls import URLPattern, URLResolver, path

from talent.views.desk import claims, decisions, questions
from talent.views.desk.entrance import at_the_desk

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", at_the_desk(claims.Queue.as_view()), name="desk"),
    path("desk/claims/<slug:public_id>/", at_the_desk(claims.ClaimPage.as_view()), name="desk-claim"),
    path("desk/claims/<slug:public_id>/split/", at_the_desk(claims.split_page), name="desk-split"),
    path("desk/claims/<slug:public_id>/merge/", at_the_desk(claims.merge_page), name="desk-merge"),
    path("desk/claims/<slug:public_id>/part/", at_the_desk(claims.part_page), name="desk-part"),
    path("desk/questions/", at_the_desk(questions.question_list), name="desk-questions"),
    path("desk/questions/<int:pk>/", at_the_desk(questions.question_page), name="desk-question"),
    path("desk/decisions/", at_the_desk(decisions.decision_list), name="desk-decisions"),
    path("desk/decisions/<int:pk>/undo/", at_the_desk(decisions.undo), name="desk-undo"),
]
