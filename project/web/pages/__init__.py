"""The pages by desk; each module brings its own `urlpatterns`, which project.urls collects.

Takes for granted: the policy has let the request in.
Refuses: to judge; a step goes through the door.
Rooms: drafting, case, meeting, on_paper, register, rulebook, site.
"""
